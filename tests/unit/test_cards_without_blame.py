from dataclasses import replace

from fakes.sample_views import SETTING
from fakes.stored_notes import inputs, metric, trial

from reports.analysis.weekly import weekly_report
from reports.page.builders.weekly_page import page_view
from reports.page.messages.page_sentences import load_messages


def test_neither_the_page_nor_a_card_behind_it_quotes_a_blame() -> None:
    blame = "한지우가 문자를 늦게 보내서 실패했다"
    note = trial(
        1,
        "쿠폰",
        metric=metric("추천", 31, 24),
        retrospective=blame,
        failure_factors=f"{blame}. 단계가 많다",
    )
    stored = replace(note, raw=replace(note.raw, cells=(("회고", blame), ("실행", "쿠폰 하기"))))
    report = weekly_report(inputs(stored))
    view = page_view(
        report, load_messages("ko"), setting=SETTING, notes={stored.id: stored}, versions={}
    )
    assert "한지우" not in repr(view)
    assert "단계가 많다" in repr(view)
    assert "쿠폰 하기" in repr(view)
