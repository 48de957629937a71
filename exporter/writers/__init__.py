"""Writers: Publication + Theme → Artifact; the only modules that know WeasyPrint and EbookLib."""
