// The file system of a mini program, over the table of kept files.
import { forgetFile, saveFile } from '../saved-files.mjs';
import { dropFile, keepFile, readKept } from '../temp-files.mjs';
import { asyncCall, CallFailure, syncCall } from './call.mjs';

export function fileCalls({ mock }) {
  const manager = {};
  for (const [name, run] of Object.entries(operations)) {
    manager[name] = asyncCall(mock, name, run);
  }

  manager.accessSync = syncCall(mock, 'accessSync', (path) => {
    need(path);
  });
  manager.unlinkSync = syncCall(mock, 'unlinkSync', (path) => {
    need(path);
    dropFile(path);
    forgetFile(path);
  });
  return {
    env: { USER_DATA_PATH: 'wxfile://usr' },
    getFileSystemManager: syncCall(mock, 'getFileSystemManager', () => manager),
  };
}

export function need(path) {
  const file = readKept(path);
  if (!file) {
    throw new CallFailure(`no such file or directory, open '${path}'`, { errno: 1300002 });
  }

  return file;
}

let nextSaved = 1;

async function keepForGood(file, path) {
  await saveFile(path, file);
  return keepFile(file, path);
}

const operations = {
  access: ({ path }) => {
    need(path);
  },
  readFile: async ({ filePath, encoding }) => {
    const bytes = await need(filePath).arrayBuffer();
    if (!encoding) {
      return { data: bytes };
    }

    return { data: encoding === 'base64' ? toBase64(bytes) : new TextDecoder().decode(bytes) };
  },
  writeFile: async ({ filePath, data, encoding }) => {
    const bytes = encoding === 'base64' ? Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0)) : data;
    await keepForGood(new File([bytes], filePath.split('/').at(-1)), filePath);
  },
  saveFile: async ({ tempFilePath, filePath }) => {
    const file = need(tempFilePath);
    dropFile(tempFilePath);
    return { savedFilePath: await keepForGood(file, filePath ?? `wxfile://store_${Date.now()}_${nextSaved++}${/\.\w+$/.exec(file.name)?.[0] ?? ''}`) };
  },
  copyFile: async ({ srcPath, destPath }) => {
    await keepForGood(need(srcPath), destPath);
  },
  unlink: async ({ filePath }) => {
    need(filePath);
    dropFile(filePath);
    await forgetFile(filePath);
  },
  getFileInfo: async ({ filePath }) => ({ size: need(filePath).size }),
  stat: ({ path }) => ({ stats: { size: need(path).size, isFile: () => true, isDirectory: () => false } }),
};

function toBase64(bytes) {
  let text = '';
  new Uint8Array(bytes).forEach((byte) => {
    text += String.fromCharCode(byte);
  });
  return btoa(text);
}
