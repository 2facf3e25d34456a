// Run by mongosh in the container mongo-init of compose.yaml.
const fs = require('fs');
const secret = name => fs.readFileSync('/run/secrets/' + name, 'utf8').trim();
const open = () => new Mongo('mongodb://root:' + encodeURIComponent(secret('mongo_root_password')) + '@mongo1:27017/admin?directConnection=true').getDB('admin');

const admin = open();
try {
  admin.adminCommand({ replSetGetStatus: 1 });
} catch (e) {
  if (e.codeName !== 'NotYetInitialized') {
    throw e;
  }

  // The first has the root user and is elected while it lives.
  admin.adminCommand({
    replSetInitiate: {
      _id: 'rs0',
      members: [{ _id: 0, host: 'mongo1:27017', priority: 2 }, { _id: 1, host: 'mongo2:27017' }, { _id: 2, host: 'mongo3:27017' }],
    },
  });
}

for (let tries = 0; !admin.hello().isWritablePrimary; tries++) {
  if (tries === 60) {
    print('mongo1 did not become the primary within a minute.');
    quit(1);
  }

  sleep(1000);
}

const beian = admin.getSiblingDB('beian');
const roles = [{ role: 'readWrite', db: 'beian' }, { role: 'dbAdmin', db: 'beian' }];
if (beian.getUser('beian')) {
  beian.updateUser('beian', { pwd: secret('mongo_password'), roles });
} else {
  beian.createUser({ user: 'beian', pwd: secret('mongo_password'), roles });
}
