// The file system of a mini program, over the table of kept files.
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
  writeFile: ({ filePath, data, encoding }) => {
    const bytes = encoding === 'base64' ? Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0)) : data;
    keepFile(new File([bytes], filePath.split('/').at(-1)), filePath);
  },
  saveFile: ({ tempFilePath, filePath }) => {
    const file = need(tempFilePath);
    dropFile(tempFilePath);
    return { savedFilePath: keepFile(file, filePath ?? `wxfile://store_${Date.now()}_${file.name}`) };
  },
  copyFile: ({ srcPath, destPath }) => {
    keepFile(need(srcPath), destPath);
  },
  unlink: ({ filePath }) => {
    need(filePath);
    dropFile(filePath);
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
