// Small disks: files with a file system in them, which are mounted.

import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const FILLER = 'filler';

/** Runs a command, which must succeed, and gives what it printed. */
function run(command, ...args) {
	const { status, error, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
	if (error) throw new Error(`\`${command}\` cannot be run: ${error.message}`);
	if (status !== 0) throw new Error(`\`${[command, ...args].join(' ')}\` failed: ${stderr.trim()}`);
	return stdout.trim();
}

export class Disk {
	/** A disk of that many MiB, mounted in `folder`, which takes it away at its end. */
	constructor(folder, name, mib) {
		const image = folder.file(`${name}.ext4`);
		/** Where it is mounted. */
		this.path = folder.file(name);
		mkdirSync(this.path);
		folder.atEnd(`umount -l '${this.path}'`);
		run('truncate', `--size=${mib}M`, image);
		// Nothing kept back for root, so that what is free is free for everybody.
		run('mkfs.ext4', '-q', '-m', '0', image);
		// After an error it can be read and no more, as the disk of most hosts.
		run('mount', '-o', 'loop,errors=remount-ro', image, this.path);
	}

	/** The path of something on it. */
	file(name) {
		return join(this.path, name);
	}

	/** Bytes that are free. */
	get free() {
		const { bavail, bsize } = statfsSync(this.path);
		return bavail * bsize;
	}

	/** Takes what is free, but for so many bytes. */
	fill(left) {
		const size = this.free - left;
		if (size > 0) run('fallocate', '--length', String(size), this.file(FILLER));
	}

	/** Gives back what `fill` took. */
	clear() {
		rmSync(this.file(FILLER), { force: true });
	}

	/** Allows no more writing, where nobody has a file open for it, or allows it again. */
	setReadOnly(isReadOnly) {
		run('mount', '-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, this.path);
	}

	/** Breaks it, as far as the system can tell, upon which it can only be read. */
	break() {
		const device = basename(run('findmnt', '--noheadings', '--output', 'SOURCE', this.path));
		writeFileSync(`/sys/fs/ext4/${device}/trigger_fs_error`, 'broken on purpose');
	}

	/** Unmounts it, checks it, and mounts it again: what its owner does after it broke. */
	repair() {
		const device = run('findmnt', '--noheadings', '--output', 'SOURCE', this.path);
		const image = run('losetup', '--noheadings', '--output', 'BACK-FILE', device);
		run('umount', this.path);
		// 1 says that errors were there and are corrected.
		const { status, stdout } = spawnSync('fsck.ext4', ['-fy', image], { encoding: 'utf8' });
		if (status > 1) throw new Error(`fsck ended with ${status}:\n${stdout}`);
		run('mount', '-o', 'loop,errors=remount-ro', image, this.path);
	}
}
