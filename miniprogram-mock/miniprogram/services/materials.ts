import { api } from './api';
import { tell } from './filings';
import type { Filing, Material } from './types';

/** Pictures up to this size are fetched as they are for a thumbnail; of larger ones only the authority's small copy. */
const smallBytes = 1_500_000;

const pictures = new Map<string, Promise<string>>();

export async function deleteMaterial(filingId: string, materialId: string): Promise<Filing> {
  const { data } = await api.delete('/api/v1/filings/{filingId}/materials/{materialId}', { path: { filingId, materialId } });
  pictures.delete(materialId);
  return tell(data);
}

/** A file to show as a thumbnail; empty when there is none small enough yet. */
export async function thumbnail(filingId: string, material: Material): Promise<string> {
  if (!material.contentType.startsWith('image/')) {
    return '';
  }
  if (material.copies?.authority) {
    return once(`${material.id}/authority`, () =>
      api.download('/api/v1/filings/{filingId}/materials/{materialId}/copies/{copy}', { path: { filingId, materialId: material.id, copy: 'authority' } }),
    );
  }
  return material.size <= smallBytes ? wholePicture(filingId, material.id) : '';
}

/** The paper as it was uploaded. */
export function wholePicture(filingId: string, materialId: string): Promise<string> {
  return once(materialId, () => api.download('/api/v1/filings/{filingId}/materials/{materialId}/content', { path: { filingId, materialId } }));
}

/** Fetched once while the program runs; a failed call is not remembered. */
function once(key: string, ask: () => Promise<{ tempFilePath: string }>): Promise<string> {
  const held = pictures.get(key);
  if (held) {
    return held;
  }
  const asked = ask().then(({ tempFilePath }) => tempFilePath);
  pictures.set(key, asked);
  asked.catch(() => pictures.delete(key));
  return asked;
}
