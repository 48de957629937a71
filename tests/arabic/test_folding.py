"""Tables folded whole: what comes of it is what folding each of their words gives."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from exporter.arabic.folding import fold, fold_words, folded_list, folded_phrases

_TEXTS = st.text(
    st.sampled_from("اأآيیىكکةهؤئ\u064b\u0651\u0640\u200c\u200d١۲3|_-. \n\tAbΣée\u0301"),
    max_size=40,
)


@given(_TEXTS)
@example("سه\N{ZERO WIDTH NON-JOINER}شنبه Σ")
def test_words_of_a_table(text: str) -> None:
    assert folded_list(text) == [fold(word) for word in text.split()]


@given(_TEXTS)
@example("اقرأ أيضًا|شارك على: فيس_بوك||")
def test_phrases_of_a_table(text: str) -> None:
    assert folded_phrases(text) == [fold_words(phrase) for phrase in text.split("|")]
