import { statfs } from 'node:fs/promises';
import { environmentError } from '../../../src/model/errors.ts';
import { nowNs } from './pods.ts';
import type { Image, RuntimeOptions } from './runtime.ts';
import type { Methods } from './server.ts';

interface ImageRequest {
  readonly image: { readonly image: string } | null;
}

const message = ({ name }: Image): object => ({ id: name, repo_tags: [name], repo_digests: [], size: '1' });

/** The CRI's ImageService: an image is a program of this machine. */
export function imageService({ images, folder, onPull }: RuntimeOptions): Methods {
  const usage = async (): Promise<object[]> => {
    const { bsize, blocks, bfree, files, ffree } = await statfs(folder);
    return [
      {
        timestamp: String(nowNs()),
        fs_id: { mountpoint: folder },
        used_bytes: { value: String((blocks - bfree) * bsize) },
        inodes_used: { value: String(files - ffree) },
      },
    ];
  };
  return {
    ListImages: () => ({ images: images.list().map(message) }),
    ImageStatus: ({ image }: ImageRequest) => {
      const found = images.find(image?.image ?? '');
      return found ? { image: message(found) } : {};
    },
    async PullImage({ image }: ImageRequest) {
      const ref = image?.image ?? '';
      if (!ref) throw environmentError('image-not-found', 'no image is named');
      const pulled = await images.pull(ref, (detail) => onPull?.(ref, detail));
      return { image_ref: pulled.name };
    },
    RemoveImage: () => ({}), // programs belong to the toolchain's cache, not to a cluster
    ImageFsInfo: async () => ({ image_filesystems: await usage(), container_filesystems: await usage() }),
  };
}
