// SPDX-License-Identifier: Apache-2.0

/** What the portal's server refuses, in words for the person at the page. */
export class PortalError extends Error {
  constructor(
    override readonly name: string,
    message: string,
    readonly advice: string,
    readonly status: number,
  ) {
    super(message);
  }
}

const patience = 30_000;

/** One call of the server. Rejects with PortalError and nothing else. */
export async function request<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await send(method, path, body);
  if (response.status === 204) return undefined as T;
  const content: unknown = await response.json().catch(() => null);
  if (response.ok) return content as T;
  throw refusal(response.status, content);
}

async function send(method: string, path: string, body?: object): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      credentials: 'same-origin',
      signal: AbortSignal.timeout(patience),
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  } catch {
    throw new PortalError('unreachable', '无法连接到办理系统。', '请检查网络后重试；已填内容会保留。', 0);
  }
}

function refusal(status: number, content: unknown): PortalError {
  const error = (content as { error?: { name?: string; message?: string; advice?: string } } | null)?.error;
  const fallback = status >= 500 ? '办理系统暂时出错。' : '办理系统没有接受这次操作。';
  return new PortalError(error?.name ?? 'unknown', error?.message ?? fallback, error?.advice ?? '请稍后重试；仍不行请联系客服。', status);
}
