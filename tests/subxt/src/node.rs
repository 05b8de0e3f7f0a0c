//! A throw-away node: any free ports, a folder that goes away with it.

use crate::target;
use std::{
	env::temp_dir,
	io::{BufRead, BufReader},
	process::{Child, Command, Stdio},
	sync::{
		atomic::{AtomicUsize, Ordering},
		mpsc, Arc, Mutex, Weak,
	},
	thread,
	time::Duration,
};

const READY: &str = "Running JSON-RPC server: addr=127.0.0.1:";
const START_LIMIT: Duration = Duration::from_secs(180);
const LOG_LIMIT_LINES: usize = 400;
const LOG_TAIL_LINES: usize = 40;

/// What the node is told: a block with every transaction, nothing left behind, nobody to report to.
const ARGS: [&str; 7] = [
	"--dev",
	"--tmp",
	"--seal=instant",
	"--port=0",
	"--rpc-port=0",
	"--no-prometheus",
	"--no-telemetry",
];

/// Runs a program in folder `$TMPDIR`. When nobody holds the other end of standard input any more, it ends
/// the program and removes the folder: when the node is dropped, and also when the test is killed outright.
const GUARD: &str = r#"
mkdir "$TMPDIR" || exit
# A signal to the whole group ends what is below too, but not before the folder is gone.
trap : INT TERM HUP
"$@" </dev/null &
node=$!
# The program alone is to hold the log, so that the log ends with it.
exec 2>&-
read -r _
kill "$node"
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	sleep 0.2
	kill -0 "$node" || break
done
# In vain for one that has ended.
kill -KILL "$node"
rm -rf "$TMPDIR"
"#;

static STARTED: AtomicUsize = AtomicUsize::new(0);
static SHARED: Mutex<Weak<Node>> = Mutex::new(Weak::new());

/// A running node, which ends when this is dropped.
pub struct Node {
	guard: Child,
	url: String,
	log: Arc<Mutex<Vec<String>>>,
}

impl Node {
	/// The node that all tests share which run at the same time.
	///
	/// # Panics
	///
	/// If there is none yet and it does not start.
	pub fn shared() -> Arc<Self> {
		let mut shared = SHARED.lock().unwrap();
		shared.upgrade().unwrap_or_else(|| {
			let node = Arc::new(Self::start());
			*shared = Arc::downgrade(&node);
			node
		})
	}

	/// Starts a node, and waits until it serves RPC.
	///
	/// # Panics
	///
	/// If it does not come to that; the message has the end of its log.
	pub fn start() -> Self {
		let binary = target::node();
		assert!(binary.exists(), "no node at {}: build it with `make build`", binary.display());
		let number = STARTED.fetch_add(1, Ordering::Relaxed);
		let mut guard = Command::new("sh")
			.args(["-c", GUARD, "guard"])
			.arg(&binary)
			.args(ARGS)
			.env(
				"TMPDIR",
				temp_dir().join(format!("caisson-subxt-{}-{number}", std::process::id())),
			)
			.stdin(Stdio::piped())
			.stdout(Stdio::null())
			.stderr(Stdio::piped())
			.spawn()
			.unwrap();
		let log = Arc::<Mutex<Vec<String>>>::default();
		let (port, found) = mpsc::channel();
		let lines = BufReader::new(guard.stderr.take().unwrap()).lines();
		let kept = log.clone();
		thread::spawn(move || {
			for line in lines.map_while(Result::ok) {
				if let Some((_, rest)) = line.split_once(READY) {
					let digits = rest.chars().take_while(char::is_ascii_digit).collect::<String>();
					let _ = port.send(digits);
				}
				let mut kept = kept.lock().unwrap();
				kept.push(line);
				if kept.len() > LOG_LIMIT_LINES {
					kept.drain(..LOG_LIMIT_LINES / 2);
				}
			}
		});
		let mut node = Self { guard, url: String::new(), log };
		// If the log ends before that line, so does the channel.
		match found.recv_timeout(START_LIMIT) {
			Ok(port) => node.url = format!("ws://127.0.0.1:{port}"),
			Err(reason) => {
				panic!("the node served no RPC: {reason}; its log:\n{}", node.log_tail())
			},
		}
		node
	}

	/// Where it serves RPC.
	pub fn url(&self) -> &str {
		&self.url
	}

	/// The end of its log.
	pub fn log_tail(&self) -> String {
		let log = self.log.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
		log[log.len().saturating_sub(LOG_TAIL_LINES)..].join("\n")
	}
}

impl Drop for Node {
	fn drop(&mut self) {
		drop(self.guard.stdin.take());
		let _ = self.guard.wait();
	}
}
