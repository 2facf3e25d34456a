let scene = '';

/**
 * What a scanned code brought along, kept until somebody has signed in. It holds a one-time secret, so it stays in memory and in no page's query.
 */
export function keepScene(scanned: string | undefined): void {
  if (scanned) {
    scene = decodeURIComponent(scanned);
  }
}

/** The page the code leads to, once; empty for none. */
export function pageOfScene(): string {
  if (scene.startsWith('join=')) {
    return '/pages/join/index';
  }
  if (scene.startsWith('f=')) {
    const query = encodeURIComponent(scene);
    scene = '';
    return `/pages/handover/index?scene=${query}`;
  }
  return '';
}

/** The joining code that was scanned, once; empty for none. */
export function takeJoinCode(): string {
  const code = scene.startsWith('join=') ? joinCodeOf(scene) : '';
  if (code) {
    scene = '';
  }
  return code;
}

/** The joining code in what was scanned or typed: the scene of the provider's picture, its page with the scene, or the code itself. */
export function joinCodeOf(scanned: string): string {
  const inPath = /[?&]scene=([^&#]+)/.exec(scanned)?.[1];
  const text = inPath ? decodeURIComponent(inPath) : scanned.trim();
  const code = text.startsWith('join=') ? text.slice('join='.length) : text;
  return /[=/?]/.test(code) ? '' : code;
}
