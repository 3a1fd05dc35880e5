import { join } from 'node:path';
import grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { AssayError, environmentError, messageOf } from '../../../src/model/errors.ts';
import { packageRoot } from '../../../src/paths.ts';

/** The methods of one service: each answers a request or throws. One that is missing answers `UNIMPLEMENTED`. */
// biome-ignore lint/suspicious/noExplicitAny: the shape of each message is runtime.proto's
export type Methods = Readonly<Record<string, (request: any) => object | Promise<object>>>;

const statusOf: Readonly<Record<string, grpc.status>> = {
  'sandbox-not-found': grpc.status.NOT_FOUND,
  'container-not-found': grpc.status.NOT_FOUND,
  'container-not-running': grpc.status.FAILED_PRECONDITION,
  'image-not-found': grpc.status.NOT_FOUND,
  'exec-timeout': grpc.status.DEADLINE_EXCEEDED,
  'addresses-exhausted': grpc.status.RESOURCE_EXHAUSTED,
  unsupported: grpc.status.UNIMPLEMENTED,
};

/** The services of runtime.proto, as the loader understands them. */
export const protocol = () =>
  grpc.loadPackageDefinition(
    loadSync(join(packageRoot, 'clusters/local/cri/runtime.proto'), {
      keepCase: true,
      longs: String,
      enums: String,
      defaults: true,
    }),
    // biome-ignore lint/suspicious/noExplicitAny: the loader makes it from the file
  ) as any;

/** Serves the services on a UNIX socket; an AssayError of a known code becomes the gRPC status of the same meaning. */
export async function serve(socket: string, services: Readonly<Record<string, Methods>>): Promise<grpc.Server> {
  const server = new grpc.Server({ 'grpc.max_receive_message_length': 16 * 1024 * 1024 });
  const definitions = protocol().runtime.v1;
  for (const [name, methods] of Object.entries(services)) {
    const { service } = definitions[name];
    const handler =
      (method: string): grpc.handleUnaryCall<object, object> =>
      async (call, reply) => {
        try {
          const answer = methods[method];
          if (!answer) throw environmentError('unsupported', `${method} is not supported by this runtime`);
          reply(null, await answer(call.request));
        } catch (error) {
          const code = (error instanceof AssayError && statusOf[error.code]) || grpc.status.UNKNOWN;
          reply({ code, details: messageOf(error) });
        }
      };
    server.addService(service, Object.fromEntries(Object.keys(service).map((method) => [method, handler(method)])));
  }
  await new Promise<void>((resolve, reject) =>
    server.bindAsync(`unix:${socket}`, grpc.ServerCredentials.createInsecure(), (cause) =>
      cause ? reject(environmentError('cri-socket', `cannot listen on ${socket}`, { cause })) : resolve(),
    ),
  );
  return server;
}
