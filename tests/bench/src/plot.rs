//! Plots, as SVG.

use crate::{
	growth::{Growth, Law},
	measure::Outcome,
};
use plotters::{coord::ranged1d::ValueFormatter, prelude::*};
use std::path::Path;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const SIZE: (u32, u32) = (900, 480);
/// Of our pallet, and of the reference; told apart by everyone.
const COLOURS: [RGBColor; 2] = [RGBColor(0, 90, 181), RGBColor(220, 50, 32)];
const NAMES: [&str; 2] = ["Caisson", "pallet-contracts"];

/// A bar for each case: ours as a part of the reference.
pub(crate) fn ratios(file: &Path, outcomes: &[Outcome]) -> Result<()> {
	let height = 110 + 36 * u32::try_from(outcomes.len())?;
	let area = SVGBackend::new(file, (SIZE.0, height)).into_drawing_area();
	area.fill(&WHITE)?;
	let (first, end) = (-0.5, outcomes.len() as f64 - 0.5);
	let most = outcomes.iter().flat_map(|o| [o.cold(), o.warm()]).fold(1.1, f64::max);
	let mut chart = ChartBuilder::on(&area)
		.caption("Time of Caisson as a part of pallet-contracts' time", ("sans-serif", 20))
		.margin(12)
		.x_label_area_size(40)
		.y_label_area_size(260)
		.build_cartesian_2d(0.0..most * 1.05, end..first)?;
	let name = |at: &f64| {
		let case = outcomes.get(at.round() as usize);
		case.filter(|_| at.fract() == 0.0).map_or(String::new(), |case| case.name.clone())
	};
	chart
		.configure_mesh()
		.disable_y_mesh()
		.y_labels(2 * outcomes.len() + 1)
		.y_label_formatter(&name)
		.x_desc("1 is as fast as pallet-contracts, less is faster")
		.draw()?;
	let bars = |shift: f64, of: fn(&Outcome) -> f64, style: ShapeStyle| {
		outcomes.iter().enumerate().map(move |(row, outcome)| {
			let at = row as f64 + shift;
			Rectangle::new([(0.0, at - 0.17), (of(outcome), at + 0.17)], style)
		})
	};
	let [cold, warm] = [COLOURS[0].filled(), COLOURS[0].mix(0.45).filled()];
	let key =
		|style: ShapeStyle| move |(x, y)| Rectangle::new([(x, y - 5), (x + 14, y + 5)], style);
	chart
		.draw_series(bars(-0.18, Outcome::cold, cold))?
		.label("cold: each extrinsic in a fresh instance")
		.legend(key(cold));
	chart
		.draw_series(bars(0.18, Outcome::warm, warm))?
		.label("warm: the block in one instance")
		.legend(key(warm));
	chart.draw_series(LineSeries::new([(1.0, first), (1.0, end)], COLOURS[1].stroke_width(2)))?;
	let goals = outcomes.iter().enumerate().flat_map(|(row, outcome)| {
		[(-0.18, outcome.goal_cold), (0.18, outcome.goal_warm)]
			.into_iter()
			.filter_map(move |(shift, goal)| Some((row as f64 + shift, goal?)))
	});
	chart
		.draw_series(goals.map(|(at, goal)| {
			PathElement::new([(goal, at - 0.18), (goal, at + 0.18)], BLACK.stroke_width(3))
		}))?
		.label("goal")
		.legend(|(x, y)| PathElement::new([(x + 7, y - 6), (x + 7, y + 6)], BLACK.stroke_width(3)));
	chart
		.configure_series_labels()
		.position(SeriesLabelPosition::LowerRight)
		.background_style(WHITE.filled())
		.border_style(BLACK.mix(0.4))
		.draw()?;
	area.present()?;
	Ok(())
}

/// Points of both pallets over a size, with spread and fit.
pub(crate) fn growth(file: &Path, growth: &Growth) -> Result<()> {
	let (Some(first), Some(last)) = (growth.points.first(), growth.points.last()) else {
		return Ok(());
	};
	let sizes = f64::from(first.size)..f64::from(last.size);
	match growth.law {
		Law::Linear => over(file, growth, 0.0..sizes.end * 1.02),
		Law::Logarithmic => over(file, growth, (sizes.start..sizes.end * 1.1).log_scale()),
	}
}

fn over<X>(file: &Path, growth: &Growth, sizes: X) -> Result<()>
where
	X: plotters::coord::ranged1d::AsRangedCoord<Value = f64>,
	X::CoordDescType: plotters::coord::ranged1d::Ranged<ValueType = f64> + ValueFormatter<f64>,
{
	let area = SVGBackend::new(file, SIZE).into_drawing_area();
	area.fill(&WHITE)?;
	let most = growth.points.iter().flat_map(|point| &point.cold).map(|cold| cold.upper);
	let most = most.fold(0.0, f64::max);
	let mut chart = ChartBuilder::on(&area)
		.caption(growth.name, ("sans-serif", 20))
		.margin(12)
		.x_label_area_size(44)
		.y_label_area_size(70)
		.build_cartesian_2d(sizes, 0.0..most * 1.1)?;
	chart
		.configure_mesh()
		.x_desc(growth.unit)
		.y_desc("microseconds, cold")
		.light_line_style(WHITE)
		.draw()?;
	for side in [0, 1] {
		let colour = COLOURS[side];
		let line = growth.points.iter().map(|point| {
			let size = f64::from(point.size);
			(size, growth.fitted(side, size))
		});
		chart
			.draw_series(LineSeries::new(line, colour.stroke_width(2)))?
			.label(NAMES[side])
			.legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], colour.stroke_width(2)));
		chart.draw_series(growth.points.iter().map(|point| {
			let (size, cold) = (f64::from(point.size), &point.cold[side]);
			ErrorBar::new_vertical(size, cold.lower, cold.median, cold.upper, colour.filled(), 8)
		}))?;
	}
	chart
		.configure_series_labels()
		.position(SeriesLabelPosition::UpperLeft)
		.background_style(WHITE.filled())
		.border_style(BLACK.mix(0.4))
		.draw()?;
	area.present()?;
	Ok(())
}
