import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.mjs'],
		// A file has a node of its own, and the tests in it share that node's chain in their order.
		pool: 'forks',
		maxWorkers: 2,
		testTimeout: 120_000,
		hookTimeout: 240_000,
		teardownTimeout: 20_000,
	},
});
