import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['upgrade/**/*.test.mjs'],
		// One file after the other: each has a chain whose blocks must come in time.
		pool: 'forks',
		fileParallelism: false,
		// A test goes on where the one before it has brought the chain.
		bail: 1,
		testTimeout: 600_000,
		hookTimeout: 600_000,
		teardownTimeout: 60_000,
	},
});
