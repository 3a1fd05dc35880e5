import { expect } from 'chai';
import { imageName, imageReference } from '../../../src/model/image.ts';

describe('imageName', () => {
  for (const [reference, name] of [
    ['traefik', 'traefik'],
    ['traefik:v3.7.15', 'traefik'],
    ['docker.io/library/traefik:v3.7', 'traefik'],
    ['docker.io/traefik/whoami', 'traefik/whoami'],
    ['library/node:20', 'node'],
    ['registry.k8s.io/coredns/coredns:v1.15.0', 'registry.k8s.io/coredns/coredns'],
    ['localhost:5000/echo', 'localhost:5000/echo'],
    ['localhost:5000/echo:1', 'localhost:5000/echo'],
    [`node:20@sha256:${'0'.repeat(64)}`, 'node'],
  ] as const) {
    it(`${reference} is ${name}`, () => {
      expect(imageName(reference)).to.equal(name);
    });
  }
});

describe('imageReference', () => {
  for (const [reference, same] of [
    ['traefik', 'traefik:latest'],
    ['docker.io/library/traefik:v3.7', 'traefik:v3.7'],
    ['localhost:5000/echo', 'localhost:5000/echo:latest'],
    ['my/controller:dev', 'my/controller:dev'],
    [`node:20@sha256:${'0'.repeat(64)}`, `node:20@sha256:${'0'.repeat(64)}`],
  ] as const) {
    it(`${reference} is ${same}`, () => {
      expect(imageReference(reference)).to.equal(same);
    });
  }
});
