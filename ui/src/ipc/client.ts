// The one door to the host: the desktop shell, or the bridge that serves this page to a plain browser.

import { invoke } from "@tauri-apps/api/core";
import type { CommandMap, WireError } from "./bindings";

export type Command = keyof CommandMap;
export type Request<C extends Command> = CommandMap[C]["request"];
export type Reply<C extends Command> = CommandMap[C]["reply"];

export class CallError extends Error {
  constructor(
    readonly command: string,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = "CallError";
  }
}

export function inShell(): boolean {
  return "__TAURI_INTERNALS__" in window;
}

export async function call<C extends Command>(command: C, request: Request<C>): Promise<Reply<C>> {
  try {
    if (inShell()) return await invoke<Reply<C>>(command, { request });
    return (await callBridge(command, request)) as Reply<C>;
  } catch (error) {
    throw asCallError(command, error);
  }
}

async function callBridge(command: string, request: unknown): Promise<unknown> {
  const answer = await fetch(`/ipc/${command}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(request ?? null),
  });
  const text = await answer.text();
  const body = text === "" ? null : JSON.parse(text);
  if (!answer.ok) throw body;
  return body;
}

export function asCallError(command: string, error: unknown): CallError {
  if (error instanceof CallError) return error;
  if (isWireError(error)) return new CallError(command, error.code, error.message);
  const message = error instanceof Error ? error.message : String(error);
  return new CallError(command, "unreachable", `The program did not answer: ${message}`);
}

function isWireError(error: unknown): error is WireError {
  return typeof error === "object" && error !== null && "code" in error && "message" in error;
}
