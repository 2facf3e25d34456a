import { api } from './api';
import { valueAt } from './pointers';

/** What was read off a picture, by the pointers of the form it fills, and what to look at again. */
export interface Reading {
  readonly values: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
}

interface Picture {
  readonly filingId: string;
  readonly siteId: string;
  readonly part: string;
  readonly filePath: string;
}

/** Reads a picture and keeps it as a paper of the filing, whatever was read. */
export async function readPicture(paper: 'licence' | 'idCard', picture: Picture): Promise<Reading> {
  const query = { filingId: picture.filingId, ...(picture.siteId ? { siteId: picture.siteId } : {}), ...(picture.part ? { part: picture.part } : {}) };
  return paper === 'licence' ? licence(query, picture.filePath) : idCard(query, picture.filePath);
}

type Query = Record<string, string>;

async function licence(query: Query, filePath: string): Promise<Reading> {
  const { data } = await api.upload('/api/v1/ocr/business-licence', { query: { ...query, kind: 'subjectCertificate' }, filePath, name: 'file' });
  return {
    values: known({
      '/name': data.name,
      '/certificateAddress': data.certificateAddress,
      '/legalRepresentative/name': data.legalRepresentative?.name,
      '/certificateValidTo': data.certificateValidTo,
      '/businessScope': data.businessScope,
    }),
    warnings: data.warnings.map((warning) => warning.message),
  };
}

async function idCard(query: Query, filePath: string): Promise<Reading> {
  const { data } = await api.upload('/api/v1/ocr/id-card', { query: { ...query, kind: 'idCard' }, filePath, name: 'file' });
  return {
    values: known({
      '/name': data.name,
      '/certificateType': data.certificateType,
      '/certificateNumber': data.certificateNumber,
      '/validFrom': data.validFrom,
      '/validTo': data.validTo,
    }),
    warnings: data.warnings.map((warning) => warning.message),
  };
}

type Values = readonly (readonly [string, unknown])[];

/** Which of the values read fill an empty field, and which differ from what is typed. */
export function compare(read: Readonly<Record<string, unknown>>, typed: object): { fresh: Values; differing: Values } {
  const held = (pointer: string): unknown => {
    const value = valueAt(typed, pointer) ?? '';
    return typeof value === 'string' ? value.trim() : value;
  };
  const values = Object.entries(read);
  return {
    fresh: values.filter(([pointer]) => held(pointer) === ''),
    differing: values.filter(([pointer, value]) => held(pointer) !== '' && held(pointer) !== value),
  };
}

/** Only what was read. */
function known(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== ''));
}
