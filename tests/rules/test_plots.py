"""Where the marks of a plot go."""

from lodestar.platform.design.plots import bars, run_chart


def test_bars_fill_the_plot_or_keep_one_scale():
    rows = [("Team A", [("late", 10), ("open", 30)]), ("Team B", [("late", 0), ("open", 4)]), ("Team C", [("late", 0)])]
    whole, scaled = bars(rows), bars(rows, same_scale=True)
    assert [part.width for part in whole[0].parts] == [79.5, 238.5]
    assert [(part.kind, part.width) for part in whole[1].parts] == [("open", 318.0)]
    assert [part.width for bar in scaled for part in bar.parts] == [79.5, 238.5, 31.8]
    assert [bar.parts for bar in (*bars([]), whole[2])] == [()]


def test_a_run_chart_has_its_median_and_few_grid_lines():
    chart = run_chart([("N", "2025"), ("D", "2025"), ("J", "2026")], [0, 3, 40], [1, 1, 1])
    assert (chart.median, [value for _, value in chart.grid]) == (3, [0, 10, 20, 30, 40])
    assert [y for _, y in chart.first] == [196, 184.0, 36]
    assert [year for _, year in chart.years] == ["2025", "2026"]
    assert run_chart([("N", "2025")], [0], [0]).first == ((30, 196),)


def test_a_trend_has_gaps_its_limits_and_marks_what_is_worth_a_look():
    quarters = [(letter, "2026") for letter in "123"]
    chart = run_chart(quarters, [5, None, 20], middle=10, limits=[(0, 20)] * 3, marked={2})
    assert chart.first == ((30.0, 156.0), (310.0, 36.0))
    assert (chart.marked, chart.median_y, len(chart.low)) == (chart.first[1:], 116.0, 3)
