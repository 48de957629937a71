"""Pictures: from what an article calls to what both outputs can show.

`choice` says what a user wants of them and costs nothing to import; `loading` brings the bytes,
`preparing` makes them fit for paper and e-readers, `drawings` makes SVG safe, `gathering` does all
of it for an article.
"""
