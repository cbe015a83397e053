import pytest

from reports.analysis.text.similarity import similarity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("사진을 바꾸면 상세 페이지에서 더 담는다", "대표 사진을 밝게 바꾸면 더 담는다"),
        ("쿠폰을 주면 재방문한다", "할인 쿠폰을 뿌리면 재방문이 는다"),
        ("discount emails bring people back", "a discount email will bring former customers back"),
        ("리뷰 메일 다시 쓰기", "리뷰 메일을 다시 쓰기로"),
    ],
)
def test_the_same_thought_told_anew_is_alike(one: str, other: str) -> None:
    assert similarity(one, other) >= 0.5
    assert similarity(one, other) == similarity(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("카드 문구 확정", "재고 회의 열기"),
        ("", "카드"),
        ("", ""),
        ("카드 넣기", "카드 빼기"),
        ("shorter form", "longer queue"),
    ],
)
def test_different_thoughts_are_not(one: str, other: str) -> None:
    assert similarity(one, other) < 0.5
