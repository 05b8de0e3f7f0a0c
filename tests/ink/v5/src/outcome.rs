use ink::{env::Error, MessageResult};

/// What became of a call or an instantiation, as a value that a message can return.
#[derive(Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Outcome<T> {
	/// The callee ran to its end and returned this; it may be an error of its own, with which it reverted.
	Returned(T),
	/// The callee knows no such message.
	NoSuchMessage,
	/// What the callee returned is no such value.
	Undecodable,
	/// The host refused or the callee trapped; the host's return code.
	Failed(u32),
}

impl<T> From<Result<MessageResult<T>, Error>> for Outcome<T> {
	fn from(result: Result<MessageResult<T>, Error>) -> Self {
		match result {
			Ok(Ok(value)) => Self::Returned(value),
			Ok(Err(_)) => Self::NoSuchMessage,
			Err(Error::ReturnError(code)) => Self::Failed(code as u32),
			Err(_) => Self::Undecodable,
		}
	}
}
