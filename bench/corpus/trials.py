"""What fourteen invented teams tried: the content of the corpus, by hand, one trial a line.

title | goal | hypothesis | execution | retrospective | outcome | start | end | owners | people |
metric (name; before; after; unit; target; less is better) | learned | applied to | next action |
tags
"""

DOMAINS: dict[str, str] = {}

DOMAINS["수영장"] = """
새벽반 체험권 | 평일 새벽 레인 채우기 | 한 번 들어와 보면 물 온도 걱정이 사라져 등록할 것이다 | 1회 무료 체험권 200장을 아파트 우편함에 넣었다 | 체험자는 많았지만 등록은 대부분 이미 다니던 회원의 가족이었다 | failure | 2026-03-02 | 2026-03-13 | 오세린 | 관리사무소 | 새벽반 등록;18;21;명;;0 | 낯선 사람보다 가족 추천이 빠르다 |  | 가족 동반권을 따로 만든다 | 홍보, 새벽
탈의실 안내판 | 첫 방문 손님의 혼란 줄이기 | 동선이 바닥에 보이면 데스크에 묻지 않는다 | 탈의실에서 레인까지 파란 테이프로 길을 표시했다 | 테이프가 젖어 자꾸 벗겨졌지만 질문은 눈에 띄게 줄었다 | success | 2026-03-09 | 2026-03-20 | 문태오, 오세린 |  | 데스크 길 문의;14;5;건;;1 | 글보다 바닥의 선이 먼저 읽힌다 | 주차장 입구 동선 | 방수 스티커로 바꿔 붙이기 | 안내
아이 강습 영상 | 어린이반 재등록률 높이기 | 아이가 헤엄치는 모습을 보면 부모가 다음 달도 보낸다 | 강사가 30초 영상을 찍어 금요일마다 보호자에게 보냈다 | 촬영하느라 수업이 끊겨 강사 불만이 컸고 부모 반응은 뜨거웠다 | success | 2026-03-16 | 2026-04-10 | 도윤아 | 촬영 동아리 | 재등록률;61;74;%;70;0 | 보여 주는 순간이 할인보다 세다 | 성인 초급반 마지막 수업 | 강사 대신 안전요원이 찍게 한다 | 어린이
물 온도 공지 | 첫 방문 손님의 혼란 줄이기 | 오늘 수온을 미리 알면 망설임이 줄 것 같다 | 매일 7시에 수온을 문 앞 칠판에 적었다 | 적는 사람이 바뀔 때마다 빠뜨려서 판단하기 어렵다 | inconclusive | 2026-04-06 | 2026-04-17 | 문태오 |  |  |  |  | 자동으로 뜨는 화면을 알아본다 | 안내
저녁 자유수영 연장 | 저녁 매출 올리기 | 퇴근이 늦은 사람은 9시 이후를 원한다 | 화·목만 폐장을 22시로 늦췄다 | 10시까지 남은 사람은 하루 세 명뿐이라 인건비가 더 들었다 | failure | 2026-04-13 | 2026-04-24 | 오세린 | 안전요원 팀 | 야간 이용;6;9;명;20;0 | 늦은 시간보다 점심시간을 원한 것이었다 | 점심 40분권 | 연장은 접고 점심권을 시험한다 | 저녁, 요금
수모 대여 | 저녁 매출 올리기 | 수모가 없어 돌아가는 손님이 꽤 있을 것이다 | 데스크에 대여 수모 30개를 두었다 | 아직 하루치 기록뿐이다 | running | 2026-04-27 |  | 도윤아 |  |  |  |  | 2주 뒤 대여 횟수를 센다 | 대여
"""

DOMAINS["반찬가게"] = """
국 소포장 | 1인 가구 주문 늘리기 | 양이 반이면 혼자 사는 사람이 부담 없이 담을 것이다 | 미역국과 뭇국을 300ml로 나눠 팔았다 | 용기값이 생각보다 커서 남는 게 거의 없었다 | inconclusive | 2026-05-04 | 2026-05-15 | 배정우 | 용기 업체 | 1인 주문;32;47;건;;0 | 양보다 용기 크기를 먼저 본다 |  | 용기 보증금을 받아 본다 | 포장
저녁 6시 문자 | 마감 전 재고 없애기 | 저녁 메뉴를 정하기 직전에 받으면 바로 들를 것이다 | 단골 120명에게 오후 5시 40분에 남은 반찬을 알렸다 | 문자를 받고 온 사람이 다른 것도 같이 사 갔다 | success | 2026-05-11 | 2026-05-22 | 한보미 |  | 폐기 금액;38만원;11만원;원;;1 | 남은 것을 알리면 남지 않은 것도 팔린다 | 주말 도시락 마감 | 문자 시간을 30분 당겨 비교하기 | 알림, 단골
매운맛 표시 | 고객 불만 줄이기 | 고추 개수로 적으면 매워서 못 먹었다는 말이 사라진다 | 전 메뉴에 고추 그림 1~3개를 붙였다 | 아이 있는 집에서 고르기 쉬워졌다고 했다 | success | 2026-05-18 | 2026-05-29 | 배정우, 한보미 |  | 맵다는 불만;9;2;건;;1 | 설명보다 그림 하나가 낫다 | 온라인 상세 화면 | 짠맛도 같은 방법으로 표시 | 표시
배달 봉투 쪽지 | 재주문 늘리기 | 손으로 쓴 한 줄이 있으면 기억해 줄 것이다 | 첫 주문 봉투에 손글씨 인사를 넣었다 | 바쁜 날은 못 넣어서 들쭉날쭉했고 차이를 볼 수 없었다 | inconclusive | 2026-05-25 | 2026-06-05 | 나루 | 주방 | 재주문율;22;23;%;30;0 |  |  | 바쁜 날에도 되는 방법부터 찾는다 | 포장
아침 김밥 | 오전 매출 만들기 | 출근길에 살 게 있으면 8시부터 손님이 온다 | 7시 반에 문을 열고 김밥 40줄을 쌌다 | 첫 주만 팔리고 둘째 주부터 절반이 남았다 | failure | 2026-06-08 | 2026-06-19 | 한보미 |  | 오전 매출;0;62000;원;150000;0 | 이 골목은 출근길이 아니라 퇴근길이다 |  | 그만두고 저녁 김밥으로 옮긴다 | 오전
구독 상자 | 재주문 늘리기 | 매주 정해진 날에 오면 고민 없이 계속 먹는다 | 신청서와 반찬 5종 구성을 만들고 있다 |  | planned | 2026-06-22 |  | 배정우 | 나루 |  |  |  | 신청자 20명이 모이면 시작 | 구독
"""

DOMAINS["방과후"] = """
질문 상자 | 수업 중 질문 늘리기 | 이름 없이 적으면 조용한 아이도 묻는다 | 교탁에 상자를 두고 매 시간 두 장씩 답했다 | 장난 쪽지도 많았지만 평소 말이 없던 아이 글씨가 보였다 | success | 2026-09-01 | 2026-09-12 | 신가람 | 상담실 | 질문 수;7;26;개;;0 | 묻지 않는 것이 모르는 것은 아니다 | 3학년 과학실 | 답을 아이들이 쓰게 한다 | 참여
과제 반으로 | 과제 제출률 높이기 | 양이 적으면 미루지 않고 그날 끝낸다 | 수학 문제를 20개에서 10개로 줄였다 | 낸 아이는 늘었으나 풀이가 짧아졌다 | success | 2026-09-08 | 2026-09-19 | 유한결 |  | 제출률;58;81;%;75;0 | 줄인 만큼 깊이를 따로 물어야 한다 | 영어 단어장 | 한 문제는 풀이를 말로 받기 | 과제
짝 바꾸기 | 수업 중 질문 늘리기 | 매주 짝이 바뀌면 새로 말을 건다 | 월요일마다 제비로 자리를 정했다 | 친한 친구와 떨어져 오히려 조용해졌다 | failure | 2026-09-15 | 2026-09-26 | 신가람, 유한결 |  | 모둠 발언;40;31;회;;0 | 말은 편한 사람 옆에서 나온다 |  | 자리는 되돌리고 모둠 역할만 바꾼다 | 자리, 참여
실험 동영상 예습 | 실험 시간 안에 끝내기 | 먼저 보고 오면 설명이 짧아진다 | 3분 영상을 전날 학급방에 올렸다 | 안 본 아이가 절반이라 결국 다시 설명했다 | failure | 2026-09-22 | 2026-10-02 | 주이레 | 학부모회 | 설명 시간;15;14;분;5;1 | 숙제가 하나 늘었다고 느꼈다 |  | 수업 첫 3분에 함께 본다 | 과학
간식 시간 옮기기 | 마지막 교시 집중 높이기 | 배고프지 않으면 끝까지 앉아 있는다 | 간식을 3시에서 2시 반으로 당겼다 | 조는 아이가 줄었다는 느낌은 있지만 세어 보지 않았다 | inconclusive | 2026-10-06 | 2026-10-17 | 주이레 | 급식실 |  |  |  | 졸음 수를 일주일 센다 | 생활
"""

DOMAINS["앱"] = """
가입 단계 축소 | 신규 가입 완료율 높이기 | 입력 칸이 줄면 끝까지 간다 | 이메일 인증을 첫 사용 뒤로 미뤘다 | 가입은 늘었지만 가짜 주소가 섞였다 | success | 2026-07-06 | 2026-07-17 | 진소율 | 보안팀 | 가입 완료율;43;57;%;50;0 | 확인은 늦춰도 되지만 없애면 안 된다 | 초대 링크 흐름 | 가짜 주소 걸러내는 규칙 추가 | 온보딩
빈 화면 예시 | 첫날 이탈 막기 | 채워진 화면을 보면 무엇을 할지 안다 | 견본 프로젝트를 미리 넣어 두었다 | 견본을 지우는 법을 못 찾아 문의가 왔다 | success | 2026-07-13 | 2026-07-24 | 마도현 |  | 첫날 이탈률;38;29;%;;1 | 예시는 지우기 쉬워야 예시다 | 관리자 화면 | 견본에 닫기 단추 달기 | 온보딩
알림 묶기 | 알림 끄는 사람 줄이기 | 하루 한 번이면 끄지 않는다 | 개별 알림을 저녁 8시 요약으로 바꿨다 | 급한 알림까지 묶여 항의가 왔다 | failure | 2026-07-20 | 2026-07-31 | 진소율, 마도현 | 고객지원 | 알림 해제;120;134;건;;1 | 급한 것과 아닌 것을 나누는 일이 먼저다 |  | 요약은 되돌리고 급한 것만 즉시 보낸다 | 알림
요금제 이름 | 유료 전환 늘리기 | 이름이 쓰임새면 고르기 쉽다 | 베이직·프로를 혼자·팀으로 바꿨다 | 문의는 줄었는데 전환은 그대로였다 | inconclusive | 2026-08-03 | 2026-08-14 | 견우림 |  | 유료 전환율;3.1;3.2;%;5;0 | 이름은 헷갈림만 줄인다 |  | 가격표 순서를 바꿔 본다 | 요금
검색 추천어 | 유료 전환 늘리기 | 찾을 말을 보여주면 깊이 쓴다 | 인기 검색어 다섯 개를 칸 아래 띄웠다 | 아무도 누르지 않아 이틀 만에 내렸다 | dropped | 2026-08-10 | 2026-08-11 | 견우림 | 데이터팀 |  |  |  |  | 검색
휴면 편지 | 돌아오는 사람 늘리기 | 지난 기록을 보여 주면 다시 연다 | 90일 쉰 사람에게 마지막 작업을 담아 보냈다 | 연 사람은 적지만 연 사람은 거의 돌아왔다 | success | 2026-08-17 | 2026-08-28 | 마도현 |  | 복귀;41;96;명;;0 | 내 것이 보이면 돌아온다 | 결제 만료 안내 | 제목에 작업 이름을 넣는다 | 메일
"""

DOMAINS["미용실"] = """
예약금 받기 | 당일 취소 없애기 | 만 원이라도 걸면 연락 없이 안 오지 않는다 | 주말 예약에만 1만원을 받았다 | 전화로 따지는 손님이 두 분 있었고 빈자리는 사라졌다 | success | 2026-01-05 | 2026-01-18 | 석다온 | 건물 카페 | 노쇼;11;3;건;;1 | 돈보다 문자 확인이 더 먹혔다 | 평일 염색 예약 | 예약금 없이 확인 문자만 보내 보기 | 예약
샴푸 향 고르기 | 재방문 늘리기 | 고르는 재미가 있으면 다시 온다 | 세 가지 향을 눈을 감고 고르게 했다 | 좋아했지만 그것 때문에 다시 왔다는 말은 못 들었다 | inconclusive | 2026-01-12 | 2026-01-25 | 백이준 |  | 재방문율;44;46;%;;0 |  |  | 향 대신 두피 사진을 찍어 준다 | 서비스
남성 커트 전용석 | 평일 낮 빈자리 채우기 | 20분이면 끝난다고 알면 점심에 온다 | 창가 한 자리를 20분 커트로 돌렸다 | 실제로는 30분이 걸려 뒤 손님이 기다렸다 | failure | 2026-01-19 | 2026-02-01 | 석다온, 백이준 |  | 점심 커트;4;7;명;12;0 | 약속한 시간이 서비스의 반이다 |  | 30분으로 고쳐 적기 | 점심
디자이너 소개 카드 | 지명 예약 늘리기 | 얼굴과 잘하는 것을 알면 골라 온다 | 거울 옆에 한 장짜리 소개를 붙였다 | 신입에게도 지명이 들어왔다 | success | 2026-02-02 | 2026-02-15 | 차나린 | 사진관 | 지명;15;28;건;;0 | 잘하는 것 하나만 적을 때 가장 눈에 띈다 | 온라인 예약 화면 | 카드를 예약 링크와 잇는다 | 소개
두피 진단 | 객단가 올리기 | 눈으로 보면 관리를 산다 | 휴대폰 현미경으로 3분 진단을 했다 | 부담스럽다며 거절하는 분이 절반이었다 | failure | 2026-02-09 | 2026-02-22 | 백이준 |  | 객단가;41000;42500;원;50000;0 | 묻고 시작해야 한다 |  | 원하는 분께만 권한다 | 서비스
"""

DOMAINS["공장"] = """
지그 교체 주기 | 도장 불량 줄이기 | 마모되기 전에 바꾸면 뭉침이 없어진다 | 주기를 500회에서 300회로 줄였다 | 불량은 줄었고 지그 비용은 조금 늘었다 | success | 2026-10-05 | 2026-10-16 | 표민재 | 구매팀 | 뭉침 불량률;4.2;1.9;%;2;1 | 마모는 눈보다 횟수로 본다 | 2라인 용접 지그 | 400회로 늘려 경계를 찾는다 | 품질
아침 5분 조회 | 교대 누락 없애기 | 얼굴 보고 넘기면 빠뜨리지 않는다 | 교대 때 칠판 앞에 서서 말로 넘겼다 | 야간조가 늦게 와서 절반만 들었다 | inconclusive | 2026-10-12 | 2026-10-23 | 하윤슬 | 야간조 | 누락;6;5;건;;1 | 적어 두지 않으면 절반만 남는다 |  | 말한 것을 사진으로 남긴다 | 교대
부품 색 구분 | 오조립 없애기 | 색이 다르면 집을 때 안다 | 좌우 부품에 빨강·파랑 점을 찍었다 | 한 달 동안 오조립이 나오지 않았다 | success | 2026-10-12 | 2026-10-30 | 표민재, 하윤슬 | 협력사 | 오조립;8;0;건;;1 | 보면 아는 것이 교육보다 낫다 | 포장 상자 | 협력사에서 찍어 오게 한다 | 품질
공구 그림자판 | 찾는 시간 줄이기 | 자리가 보이면 제자리에 둔다 | 작업대마다 공구 윤곽을 그렸다 | 공동 공구는 여전히 사라졌다 | inconclusive | 2026-10-19 | 2026-11-06 | 옥지안 |  | 찾는 시간;12;9;분;5;1 |  |  | 공동 공구는 이름표를 단다 | 5S
정지 원인 기록 | 라인 정지 줄이기 | 이유를 적으면 반복되는 것이 보인다 | 정지 때마다 태블릿에서 이유를 고르게 했다 | 기타가 절반이라 쓸모가 없었다 | failure | 2026-10-26 | 2026-11-06 | 옥지안 | 전산실 | 라인 정지;31;30;회;20;1 | 고를 말이 현장 말이어야 한다 |  | 현장에서 쓰는 말로 목록을 다시 만든다 | 기록
예열 시간 | 에너지 비용 낮추기 | 10분 늦게 켜도 온도는 맞는다 | 가열로를 5시 50분에 켰다 | 겨울이 되면 다시 봐야 한다 | running | 2026-11-09 |  | 하윤슬 |  |  |  |  | 두 주 더 잰다 | 에너지
"""

DOMAINS["채용"] = """
공고 첫 줄 | 지원자 늘리기 | 회사 소개보다 하루 일과가 먼저 오면 지원한다 | 공고를 하루 일과로 시작하도록 바꿨다 | 지원서에 일과를 언급한 사람이 많았다 | success | 2026-02-02 | 2026-02-20 | 탁서하 | 디자인팀 | 지원;34;58;건;;0 | 하는 일이 보이면 맞는 사람이 온다 | 인턴 공고 | 영업직 공고도 같은 식으로 | 공고
면접 전 과제 폐지 | 중도 포기 줄이기 | 집에서 하는 과제가 없으면 끝까지 온다 | 과제를 면접장에서 30분 푸는 것으로 바꿨다 | 포기는 줄었고 면접관이 더 바빠졌다 | success | 2026-02-16 | 2026-03-06 | 염하람 | 면접관 | 중도 포기율;29;12;%;15;1 | 부담은 시간보다 불확실함이었다 | 경력직 면접 | 문제 은행을 만든다 | 면접
추천 보상 인상 | 추천 입사 늘리기 | 금액이 두 배면 추천이 는다 | 보상을 100만원에서 200만원으로 올렸다 | 추천 수는 그대로였고 질문만 늘었다 | failure | 2026-03-02 | 2026-03-27 | 탁서하, 염하람 |  | 추천;5;5;건;10;0 | 돈이 아니라 누구를 찾는지 몰라서였다 |  | 찾는 사람을 한 문장으로 돌린다 | 추천
첫날 짝꿍 | 입사 한 달 퇴사 막기 | 점심을 함께 먹을 사람이 있으면 남는다 | 다른 팀 짝꿍을 한 달간 붙였다 | 짝꿍이 바쁜 사람은 거의 못 만났다 | inconclusive | 2026-03-09 | 2026-04-10 | 고은채 | 전 부서 | 한 달 퇴사;3;2;명;0;1 | 시간을 비워 주지 않으면 이름뿐이다 |  | 짝꿍에게 주 1시간을 비워 준다 | 적응
채용 설명회 | 지원자 늘리기 | 실무자를 만나면 망설임이 준다 | 실무자 네 명과 저녁 모임을 열었다 | 온 사람의 절반이 그 자리에서 지원했다 | success | 2026-04-06 | 2026-04-17 | 고은채 | 실무자 | 현장 지원;0;17;명;;0 | 작은 자리가 큰 박람회보다 낫다 | 대학 설명회 | 분기마다 연다 | 행사
"""

DOMAINS["gym"] = """
Chalk-free hour | Fill weekday mornings | Parents will come if the air is clean | Ran 10 to 11 without loose chalk for two weeks | Regulars grumbled, yet four prams showed up on day one | success | 2026-03-02 | 2026-03-13 | Ines | local nursery | morning visits;12;19;visits;;0 | Air matters more than price to parents | Saturday kids club | Make it permanent on Tuesdays | mornings
Belay refresher | Fewer incidents on the ropes | A ten minute refresher will catch bad habits | Checked every returning member at the door | People felt policed and two complained at the desk | failure | 2026-03-09 | 2026-03-20 | Ruben | insurer | near misses;6;7;;;1 | Checks must feel like coaching |  | Offer it as a free warm-up instead | safety
Route names | More return visits | Funny names make people talk and come back | Let members name the new set | Photos of the tags were all over the group chat | success | 2026-03-16 | 2026-04-03 | Ines, Ruben | setters | return rate;41;52;%;50;0 | People return to what they have named | Competition wall | Vote on names every month | community
Shoe rental bundle | Raise spend per visit | One price feels cheaper than two | Sold entry and shoes as one ticket | Spend did not move and the till got slower | inconclusive | 2026-03-23 | 2026-04-10 | Tamsin |  | spend per visit;14.2;14.3;€;16;0 |  |  | Try it only for first-timers | pricing
Late opening | Fill weekday mornings | Shift workers would climb at six | Opened at six on Wednesdays | Three people came in three weeks | failure | 2026-04-06 | 2026-04-24 | Tamsin | cleaning crew | early visits;0;1;;10;0 | Early is not the same as empty |  | Drop it and use the money for lunch offers | hours
Mirror in the bouldering cave | More return visits | Seeing a move makes it click | Borrowed two mirrors from the dance school | Still up, too soon to tell | running | 2026-04-27 |  | Ines | dance school |  |  |  | Ask ten members what they noticed | space
"""

DOMAINS["support"] = """
Macro clean-up | Answer faster without hiring | Fewer macros mean agents find the right one | Cut 240 macros down to 60 | Agents were anxious for two days and then wrote better replies | success | 2026-05-04 | 2026-05-15 | Odalys | product | first reply time;52;31;min;30;1 | A short list gets used, a long one gets searched | Internal wiki | Review the list every quarter | process
Bot greeting | Answer faster without hiring | A bot that asks two questions saves a round trip | Put a two-question form ahead of chat | Customers typed 'human' within seconds | failure | 2026-05-11 | 2026-05-22 | Kenji | web team | chats per agent;18;17;;25;0 | Do not ask what we already know |  | Prefill from the account instead | chat
Friday bug digest | Fewer repeat tickets | Engineers fix what they see weekly | Sent the five noisiest bugs to engineering each Friday | Three of five were fixed in the first fortnight | success | 2026-05-18 | 2026-06-12 | Odalys, Kenji | engineering | repeat tickets;88;54;tickets;;1 | Five beats fifty | Sales feedback list | Add a line about who was hurt | bugs
Weekend rota | Less burnout on the desk | Two short shifts beat one long one | Split Saturday into two shifts | Handover at noon dropped two urgent cases | inconclusive | 2026-06-01 | 2026-06-12 | Halima |  | overtime;9;6;h;;1 | The handover is the weak spot |  | Write a handover checklist | people
Status page banner | Fewer repeat tickets | If the banner is red nobody writes in | Linked the status page from the contact form | Tickets during the outage fell by a third | success | 2026-06-08 | 2026-06-19 | Halima | SRE | outage tickets;120;81;;;1 | People write because they feel unseen | Billing portal | Automate the banner | outage
"""

DOMAINS["charity"] = """
Postcard instead of letter | Keep donors past year one | A postcard gets read over the bin | Sent 400 postcards to lapsed donors | Cheaper and it opened conversations at the door | success | 2026-09-07 | 2026-09-25 | Maud | print shop | reactivated donors;14;33;donors;25;0 | Short feels personal | Christmas appeal | Test handwriting against print | mail
Matching gift day | Double autumn income | A deadline and a match make people act today | A board member matched every pound for 24 hours | Most gifts came from people who give anyway | inconclusive | 2026-09-14 | 2026-09-14 | Piers | board | day income;2100;5400;£;6000;0 | It moved giving forward, it did not add |  | Compare October with last year | event
Volunteer story on the form | Fewer drop-offs on the donation page | A face next to the amount keeps people going | Added one photo and two lines | The page loaded slower and more people left | failure | 2026-09-21 | 2026-10-02 | Maud, Piers | agency | drop-off rate;47;53;%;40;1 | Speed beats stories on a phone |  | Move the story to the thank-you page | web
Round-up at the till | Double autumn income | Small change is never missed | Two cafes asked guests to round up | Staff forgot after the first weekend | failure | 2026-10-05 | 2026-10-18 | Joss | two cafes | till income;0;86;£;300;0 | It needs an owner on the floor |  | Stop it until a cafe asks for it | partners
Monthly by default | Keep donors past year one | Most people accept what is ticked | Switched the form to monthly with a clear opt-out | Nobody complained and monthly gifts tripled | success | 2026-10-12 | 2026-10-30 | Joss | bank | monthly sign-ups;9;28;;;0 | Defaults are decisions | Event sign-up form | Watch cancellations after month two | web
"""

DOMAINS["library"] = """
Returns by the door | Shorter queues at the desk | If returns never reach the desk the queue halves | Moved the return shelf next to the entrance | The shelf overflowed by noon, the queue still shrank | success | 2026-01-12 | 2026-01-23 | Birgit | caretaker | queue length;9;4;people;5;1 | Move the work, not the people | Branch in the north | Empty the shelf at eleven | desk
Quiet hour sign | Calm study room | A friendly sign works better than a rule | Wrote 'people are learning here' on the door | Teenagers took selfies with it | failure | 2026-01-19 | 2026-01-30 | Anselm | youth council | noise complaints;13;12;;;1 | The sign spoke to the wrong people |  | Give the youth council the room on Fridays | study
Seed swap | Bring in people who do not borrow | Gardeners come for seeds and stay for books | Put a drawer of seeds by the cookbooks | Forty packets gone, eleven new cards | success | 2026-02-02 | 2026-02-27 | Birgit, Anselm | allotment club | new cards;0;11;cards;10;0 | A reason to come is not always a book | Repair cafe | Ask the knitting group next | outreach
Late fee jar | More books back on time | Paying what you want is kinder and works | Replaced fees with a jar for two months | More came back, the jar paid half of what fees did | inconclusive | 2026-02-09 | 2026-04-03 | Oda | treasurer | overdue items;210;174;items;;1 | Fees were never about the money |  | Keep the jar and drop the reminder letters | fees
Story walk | Bring in people who do not borrow | Pages on lamp posts pull families in | Hung 20 pages along the river path | Rain ruined it on the second day | dropped | 2026-03-02 | 2026-03-03 | Oda |  |  |  |  | Laminate first | outreach
"""

DOMAINS["roaster"] = """
Sample with every order | Second order within 30 days | Tasting another bean makes them reorder | Slipped a 20 g sample into 300 parcels | Reorders came for the sampled bean only | success | 2026-06-01 | 2026-06-26 | Leif | courier | repeat orders;22;31;%;30;0 | They buy what they have smelled | Wholesale boxes | Sample the slow sellers | parcels
Brew guide QR | Fewer complaints about taste | A guide on the bag fixes bad brews | Printed a code on the back label | 31 scans in a month, complaints unchanged | failure | 2026-06-08 | 2026-07-03 | Salka | designer | taste complaints;16;15;;8;1 | Nobody scans with wet hands |  | Print the ratio on the front | label
Roast date in big | Fewer complaints about taste | Freshness in large type calms people | Moved the date to the front of the bag | Older bags now came back to us | inconclusive | 2026-06-15 | 2026-07-10 | Leif, Salka |  | returns;11;13;bags;;1 |  |  | Rotate stock every Monday | label
Subscription pause | Keep subscribers over summer | A pause button beats a cancel button | Built a one-click pause | Paused people mostly came back in September | success | 2026-06-22 | 2026-07-31 | Runa | web shop | cancellations;48;27;;35;1 | Leaving is often just a holiday | Gift subscriptions | Offer it before the holidays | subscription
Grinder video | Second order within 30 days | Seeing the grind makes people braver | Filmed four grind settings in one take | Nice comments, no orders | failure | 2026-07-06 | 2026-07-24 | Salka |  | repeat orders;31;30;%;35;0 | Views are not orders |  | Stop videos for now | social
"""

DOMAINS["newsletter"] = """
Shorter subject | Raise opens | Under six words gets opened on phones | Cut every subject to five words | Opens rose, replies fell | success | 2026-08-03 | 2026-08-14 | Noor | guest editor | open rate;38.2;44.6;%;42;0 | A short promise is a clear one | Event invites | Bring back a question at the end | subject
Sunday send | Raise opens | Sunday coffee is reading time | Moved the send from Friday to Sunday 8am | Unsubscribes doubled on the first Sunday | failure | 2026-08-10 | 2026-08-23 | Ebbe |  | unsubscribes;21;44;;;1 | Weekends are private |  | Go back to Friday for good | timing
Reader letters | More replies | People write when they see others printed | Ran two letters at the foot of each issue | Best month of replies ever | success | 2026-08-17 | 2026-09-11 | Noor, Ebbe | readers | replies;17;63;replies;40;0 | Readers answer readers | Podcast outro | Ask one question per letter | community
Paid archive | First hundred members | Old issues are worth three euros | Locked everything older than a year | 12 members, plenty of angry mail | inconclusive | 2026-08-31 | 2026-09-25 | Solvei | lawyer | members;0;12;members;100;0 | We locked what nobody was reading |  | Unlock it and sell the index | money
Ad swap | Grow the list | Two small lists can double each other | Swapped a paragraph with a cycling letter | 140 new names, half of them stayed | success | 2026-09-14 | 2026-09-25 | Solvei | cycling letter | sign-ups;60;200;sign-ups;150;0 | Neighbours beat strangers | Local theatre | Find three more neighbours | growth
"""

DOMAINS["warehouse"] = """
Heavy items low | Fewer strained backs | Below the hip nobody lifts badly | Moved everything over 12 kg to the bottom shelf | Picking got slower for two days and then faster | success | 2026-10-05 | 2026-10-16 | Yusra | safety rep | strain reports;5;1;reports;;1 | The shelf teaches better than the poster | Returns area | Do the same with the cold room | safety
Pick by light | Faster picking | A lamp is quicker than a list | Hung lamps on one aisle as a mock-up | The mock-up broke twice a day | inconclusive | 2026-10-12 | 2026-10-23 | Bram | electrician | picks per hour;74;78;picks;90;0 |  |  | Rent a proper kit for a week | speed
Double scan | Fewer wrong parcels | A second scan at the door catches swaps | Added a scanner at the dock | Drivers skipped it when it rained | failure | 2026-10-12 | 2026-10-30 | Yusra, Bram | drivers | wrong parcels;23;22;parcels;10;1 | A check that costs the driver is no check |  | Put a roof over the scanner | quality
Team lead swap | Faster picking | Leads who pick for a day fix what hurts | Every lead picked for one full day | Eleven small fixes in one week | success | 2026-10-19 | 2026-10-30 | Mirela | works council | open fixes;26;15;;;1 | Nobody reports what they have got used to | Office team | Do it every quarter | people
Quiet forklift hour | Fewer near misses | Without forklifts at shift change nobody is hit | Parked them from 13:50 to 14:10 | Trucks queued out to the street | failure | 2026-10-26 | 2026-11-06 | Mirela | carriers | near misses;4;4;;0;1 | Twenty minutes cost an hour |  | Try ten minutes on Mondays only | safety
"""
