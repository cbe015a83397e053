"""Names keep what makes them one person's, and lose only titles (RULES 8.1)."""

import pytest

from sync.parsing.cells.named_people import people_names


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("병원 코디", ("병원 코디",)),
        ("국어 선생님", ("국어 선생님",)),
        ("이수진 선생님", ("이수진",)),
        ("병동 코디", ("병동 코디",)),
        ("조명 감독", ("조명 감독",)),
        ("홍보부장", ("홍보부장",)),
        ("김 대리, 이 과장님", ("김 대리", "이 과장")),
        ("한민석 상무님", ("한민석",)),
        ("박서준 대표이사", ("박서준",)),
        ("영업 담당 김하늘", ("김하늘",)),
        ("강보라 코디", ("강보라",)),
        ("Kim Director", ("Kim",)),
        ("Project Manager", ("Project Manager",)),
        ("Regional Sales Director / Ade", ("Regional Sales Director", "Ade")),
        ("데이터 담당자", ("데이터 담당자",)),
    ],
)
def test_a_title_is_cut_from_a_name_and_not_from_a_role(cell: str, names: tuple[str, ...]) -> None:
    assert people_names(cell) == names
