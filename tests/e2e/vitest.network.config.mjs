import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['network/**/*.test.mjs'],
		// One file after the other: each needs the machine for its nodes.
		pool: 'forks',
		fileParallelism: false,
		// The limits are for what went wrong; what is right takes a fraction of them.
		testTimeout: 1_200_000,
		hookTimeout: 600_000,
		teardownTimeout: 60_000,
	},
});
