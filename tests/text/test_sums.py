"""Sums that neighbouring figures state, and figures that only stand beside each other."""

import pytest

from evenhand.text import language, recompute
from evenhand.text.prose import folded
from evenhand.text.sentences import sentences
from evenhand.text.sums import StatedSum, sums

RIGHT = [
    "It shipped 410,000 tons, and the committee bought back 20,500, one ton in twenty.",
    "Of 300 houses, 60 had no drain, one house in five.",
    "Nine million tons over thirty years is 300,000 a year.",
    "They spent 36 million over nine years, or 4 million a year.",
    "The population rose from 12 million in 1990 to 15 million in 2000, a quarter more.",
    "Emissions fell from 50 million tonnes in 1990 to 40 million tonnes in 2010, a fifth less.",
    "Of the 12 bridges, 7 were repaired; the other 5 were closed.",
    "The council owns 40 schools. It closed 12 of them last year. The remaining 28 are full.",
    "The club has 200 members. Only 50 voted, a quarter of the total.",
    "The club has 200 members. Only 50 voted. That is a quarter.",
    "In 1990 the fleet had 40 buses. By 2000 it had 60, half as many again.",
    "In 1990 the fleet had 40 buses. By 2000 it had 60, an increase of 50 per cent.",
    "In 1990 the fleet had 40 buses. By 2000 it had 60, an increase of 20.",
    "In 1990 the fleet had 40 buses. By 2000 it had 60: 20 more.",
    "The bridge cost 80 million. The estimate was 60 million, a difference of 20 million.",
    "Turnout grew by a quarter, from 40,000 to 50,000.",
    "Turnout grew by 25 per cent, from 40,000 to 50,000.",
    "Turnout grew by 10,000, from 40,000 to 50,000.",
    "Ridership went from 31,000 to 64,000, slightly more than double.",
    "Of 740 pupils, 185 left, exactly a quarter.",
    "Of the 740 pupils, 185 left: one in four.",
    "Spending was 30 million on roads and 12 million on trams, 42 million in all.",
    "Roads took 30 million. Trams took 12 million. Together they cost 42 million.",
    "In 1950 the town had 8 doctors; in 1970 it had 24, three times as many.",
    "In 1950 the town had 8 doctors. In 1970 it had 24, three times as many.",
    "In 1950 the town had 8 doctors. In 1970 it had 24. That is three times as many.",
    "The mill employed 900 people in 1980 and 300 in 2000, a third as many.",
    "Wages rose from 20 to 25 euros an hour, or 25 per cent.",
    "Wages rose from 20 euros an hour in 2010 to 25 euros in 2020, or by a quarter.",
    "It lost 21 of its last 38 matches, well over half of them.",
    "The average gate went from 14,000 to 21,000, half as many again.",
    "Under him the side took 1,326 points out of a possible 1,938, more than two thirds.",
    "It bought 16 of the 74 terawatt-hours that it needed from abroad, a little over a fifth.",
    "It was to cost 3.2 billion and be ready in 2009; it cost 11 billion and produced its first power in 2023, almost three and a half times the estimate.",
    "Emissions rose from 42 to 51 million tonnes, an increase of about a fifth.",
    "Unemployment fell from 12 per cent to 7 per cent, a drop of 5 points.",
    "The share of smokers was 40 per cent in 1980. It was 22 per cent in 2010, a fall of 18 points.",
    "Some 60 of the 80 villages, three quarters of them, have no school.",
    "Sixty of the eighty villages have no school. That is three in four.",
    "The first line carried 12,000 a day, the second 18,000: a total of 30,000.",
    "Vester emits 38 grams; we emit 350, more than nine times that.",
    "Crime fell by nearly a third between 1995, when there were 9,000 offences, and 2005, when there were 6,200.",
    "There were 9,000 offences in 1995 and 6,200 in 2005, nearly a third fewer.",
    "The army spent 5 billion of its 20 billion on aircraft, a quarter of the whole.",
    "They promised 500 houses and built 350, 150 short.",
    "They promised 500 houses and built 350, a shortfall of 150.",
    "Nine of the twelve judges were appointed by him; the other three were his pupils.",
    "Half of the 600 beds are empty: 300.",
    "A third of the 900 pupils, 300, walk to school.",
    "The tax brings in 90 million, of which 60 million, or two thirds, goes to the roads.",
    "Between 1990 and 2010 the number of farms fell from 8,000 to 6,000, a loss of 2,000.",
    "Rail had 14 per cent of freight in 2000. It now has 21 per cent, a gain of 7 points.",
    "Rail had 14 per cent of freight in 2000. It now has 21 per cent: a gain of seven percentage points.",
    "The hospital treated 1,200 patients in May and 1,500 in June, an increase of a quarter.",
    "The hospital treated 1,200 patients in May and 1,500 in June, about 25 per cent more.",
    "Of the 60 seats, the party won 33, more than half.",
    "The party won 33 of the 60 seats, or 55 per cent.",
    "The party won 33 of 60 seats (55 per cent).",
    "The party won 33 of the 60 seats; that is 55 per cent of them.",
    "We pay 300 euros a month; they pay 200, a third less.",
    "The first budget was 4.2 billion. The last was 6.3 billion, half as much again.",
    "Seven of the nine members were appointed by the firm. The other two were its former lawyers.",
    "Prisoners numbered 2,000 in 1930 and 10,000 in 1938, five times as many.",
    "The strike cost 3 million in lost wages and 9 million in lost orders, a total of 12 million.",
    "Fifteen died on the bridge and 22 in the square, 37 altogether.",
    "The levy raised 40 million in its first year and 46 million in its second, some 15 per cent more.",
    "Infant deaths were 120 per thousand in 1920 and 60 in 1950, half as many.",
    "The number of clinics doubled, from 45 in 1960 to 90 in 1975.",
]
WRONG = [
    "They spent 36 million over nine years, or 5 million a year.",
    "He paid 600 over six weeks, which is 90 a week.",
    "The population rose from 12 million in 1990 to 15 million in 2000, a third more.",
    "Of the 12 bridges, 7 were repaired; the remaining 6 were closed.",
    "In 1990 the fleet had 40 buses. By 2000 it had 60, an increase of 30 per cent.",
    "Turnout fell by a half, from 40,000 to 30,000.",
    "Roads took 30 million. Trams took 12 million. Together they cost 45 million.",
    "The party won 33 of the 60 seats, over 60 per cent.",
    "The board has nine members. Seven of them were appointed by the firm; the other three are retired.",
]
NONE = [
    "The mill ran 24 hours a day for 30 days, and one man in ten fell ill.",
    "It shipped 410,000 tons and bought back 20,500, and one house in three burned.",
    "They promised 500 houses and built 350; 150 were never begun.",
    "In 1990 the fleet had 40 buses. By 2000 it had 60. Half of the drivers were women.",
    "The council owns 40 schools. A third of the teachers are over 50.",
    "He won 3 titles in 1990 and 5 in 1995. A quarter of the players came from abroad.",
    "The bridge cost 80 million. A fifth of that came from Brussels. The tunnel cost 60 million.",
    "It rose from 12 to 15. Twice as many people now cycle.",
    "The club has 200 members and 50 coaches, and half of the budget goes on travel.",
    "Some 40 people died in 1970, and 12 were hurt the next year.",
    "The other 5 were closed.",
    "Two men came; the other 3 stayed with their 12 dogs.",
    "Rents doubled in 10 years, and 30 per cent of tenants left.",
    "The plan has 10 pages and 4 annexes, a third of which nobody has read.",
    "There are 12 wards. In 5 of them turnout fell by a fifth.",
    "He spent 20 years in prison and 10 in exile, twice as long as his brother.",
    "More than half of the 40 witnesses were never heard.",
    "Prices rose by 4 per cent in 2010 and 5 per cent in 2011, a third of it through taxes.",
    "The mayor has 3 deputies. The remaining 40 members of the council are unpaid.",
    "Of the 20 ministers, 4 are women; the other parties have 9.",
    "In 2010 it had 400 pupils; in 2020, 380. That is a scandal in which 2 officials were involved.",
    "It costs 9 euros, three times as much as in Vester.",
    "By 2000 it had 60 buses, half as many as its neighbour.",
    "Sixty seats were contested in 2010, and 33 in 2012, a reform that nobody asked for.",
    "They pay 200 euros for 3 rooms, and a third of their income goes on rent.",
    "In 1990 it had 40 buses and 60 drivers. That is a scandal.",
    "The war lasted 6 years and killed 40,000 people, more than any other.",
    "He served 12 years of a sentence of 20, and half of his letters were burnt.",
    "Of the 9 bridges 3 are closed, and the 4 ferries are full.",
    "There are 200 pupils in 8 classes, twice what the law allows.",
    "The trip takes 40 minutes by tram and 20 by car, and half of the drivers know it.",
    "By 1950 there were 300 clinics, and by 1960 900; a third of the doctors had been trained abroad.",
    "Two of the five judges resigned, and the other two parties were not heard.",
]


def stated(text: str) -> list[StatedSum]:
    plain = folded(text).text
    return sums(plain, None, [one.start for one in sentences(plain, language("en"))])


@pytest.mark.parametrize("text", RIGHT)
def test_a_stated_sum_is_found_and_comes_out(text):
    assert [recompute(one.expression, one.stated).agrees for one in stated(text)] == [True]


@pytest.mark.parametrize("text", WRONG)
def test_a_stated_sum_that_is_wrong_is_found_too(text):
    assert [recompute(one.expression, one.stated).agrees for one in stated(text)] == [False]


@pytest.mark.parametrize("text", NONE)
def test_figures_beside_each_other_are_no_sum(text):
    assert not stated(text)
