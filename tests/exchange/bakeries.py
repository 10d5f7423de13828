"""A small case, made up, with everything that exports hold."""

TEXT = """# On two bakeries

The old bakery sells more bread than the new one: 120 loaves against 80, half as many again. “Its bread is
better”, say its friends & neighbours. So the old bakery should stay open. So the old bakery should stay open, they
repeat. Others <b>object</b>: nobody counted on Sundays.
"""
CASE = """version: 1
text: {file: bakeries.txt, title: "On two bakeries: {a test}", author: Ada B. Example, language: en}
sources:
- {id: ledger, citation: 'Baker, Ann, and Bo de Vries (2019), “Loaves & rolls”, Journal of Bread 3(2): 10–19', url: "https://example.org/a_b%7E"}
- {id: hearsay, citation: "What the neighbours say, 100 % from memory"}
claims:
- {id: half, kind: quantity, quote: "120 loaves against 80, half as many again", reads: "120 is half as many again as 80.", cites: [ledger],
   arithmetic: {expression: "120 / 80 - 1", stated: "half"}, reviewed: {by: A. Reader, date: "2026-11-20", url: "https://example.org/review"}}
- {id: better, kind: value, quote: "Its bread is\\nbetter", voice: reported, stance: concedes, cites: [hearsay]}
- {id: stay, kind: inference, quote: "So the old bakery should stay open", suffix: ". So", reads: "The old bakery should [stay] open_now."}
- {id: sundays, kind: value, quote: "nobody counted on Sundays"}
links:
- {id: l1, from: [half, better], to: stay, kind: support, joint: true}
- {id: l2, from: [sundays], to: half, kind: attack}
"""
