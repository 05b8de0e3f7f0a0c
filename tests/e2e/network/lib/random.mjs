// Chance that can be had again: from a seed, which is printed.

const RANGE = 2 ** 32;

/** The seed that the environment names in CAISSON_SEED, or one of its own. */
export function chooseSeed() {
	const named = process.env.CAISSON_SEED;
	if (!named) return Math.floor(Math.random() * RANGE);
	const seed = Number(named);
	if (!Number.isInteger(seed) || seed < 0 || seed >= RANGE) throw new Error(`CAISSON_SEED is ${named}, and no number of 32 bits`);
	return seed;
}

/** A source of numbers below `limit`: xorshift of 32 bits. */
export function randomFrom(seed) {
	// Zero is the one state that it never leaves.
	let state = seed || 1;
	return (limit) => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) % limit;
	};
}
