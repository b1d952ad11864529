//! A service of gRPC with nothing but its health, in as much of HTTP/2 as that takes.

use std::io::{Read, Result, Write};
use std::net::{TcpListener, TcpStream};
use std::{env, thread};

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
/// Of data and headers: nothing follows in this direction.
const END_STREAM: u8 = 1;
/// Of settings and pings: it answers one.
const ACK: u8 = 1;
const END_HEADERS: u8 = 4;
const PREFACE: usize = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".len();

fn main() -> Result<()> {
    let port: u16 = env::var("PORT")
        .ok()
        .and_then(|it| it.parse().ok())
        .unwrap_or(7700);
    for client in TcpListener::bind(("0.0.0.0", port))?.incoming().flatten() {
        // Whoever hangs up is gone.
        thread::spawn(move || serve(client));
    }
    Ok(())
}

fn serve(mut client: TcpStream) -> Result<()> {
    client.read_exact(&mut [0; PREFACE])?;
    send(&mut client, SETTINGS, 0, 0, &[])?;
    loop {
        let mut head = [0; 9];
        client.read_exact(&mut head)?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let [kind, flags] = [head[3], head[4]];
        let stream = u32::from_be_bytes([head[5], head[6], head[7], head[8]]);
        let mut content = Vec::new();
        Read::by_ref(&mut client)
            .take(length.into())
            .read_to_end(&mut content)?;
        match kind {
            SETTINGS if flags & ACK == 0 => send(&mut client, SETTINGS, ACK, 0, &[])?,
            PING if flags & ACK == 0 => send(&mut client, PING, ACK, 0, &content)?,
            DATA | HEADERS if flags & END_STREAM != 0 => answer(&mut client, stream)?,
            _ => (),
        }
    }
}

/// Says that it serves, whatever it was asked.
fn answer(client: &mut TcpStream, stream: u32) -> Result<()> {
    // The status 200, which has a number of its own.
    let mut headers = vec![0x88];
    headers.extend(field("content-type", "application/grpc"));
    send(client, HEADERS, END_HEADERS, stream, &headers)?;
    // A message that isn't compressed, of two bytes: the first field is 1.
    send(client, DATA, 0, stream, &[0, 0, 0, 0, 2, 0x08, 1])?;
    send(
        client,
        HEADERS,
        END_HEADERS | END_STREAM,
        stream,
        &field("grpc-status", "0"),
    )
}

/// A header as it is, of which nobody keeps a number.
fn field(name: &str, value: &str) -> Vec<u8> {
    let mut field = vec![0];
    for text in [name, value] {
        field.push(text.len() as u8);
        field.extend(text.bytes());
    }
    field
}

fn send(client: &mut TcpStream, kind: u8, flags: u8, stream: u32, content: &[u8]) -> Result<()> {
    let mut frame = (content.len() as u32).to_be_bytes()[1..].to_vec();
    frame.extend([kind, flags]);
    frame.extend(stream.to_be_bytes());
    frame.extend(content);
    client.write_all(&frame)
}
