// Figures of a run: a line of JSON for programs, a table for people.

/** Writes figures down by their names, in their order. */
export function report(title, figures) {
	const width = Math.max(...Object.keys(figures).map((name) => name.length));
	const lines = Object.entries(figures).map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
	// In one piece, so that nothing gets between.
	process.stdout.write(`\n${title}\n${lines.join('\n')}\n${JSON.stringify({ [title]: figures })}\n`);
}
