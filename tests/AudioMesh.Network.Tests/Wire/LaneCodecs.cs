// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Tests.Wire;

/// <summary>Codecs on arrays.</summary>
internal static unsafe class LaneCodecs
{
    public static int Encode(this LaneEncoder encoder, float[][] channels, int offset, int frames, Span<byte> payload)
    {
        using Pins pins = new(channels);
        return encoder.Encode(pins.Pointers, offset, frames, payload);
    }

    public static bool TryDecode(this LaneDecoder decoder, ReadOnlySpan<byte> payload, float[][] channels, int offset, int frames)
    {
        using Pins pins = new(channels);
        return decoder.TryDecode(payload, pins.Pointers, offset, frames);
    }

    private sealed class Pins : IDisposable
    {
        private readonly GCHandle[] _handles;

        public Pins(float[][] channels)
        {
            _handles = [.. channels.Select(channel => GCHandle.Alloc(channel, GCHandleType.Pinned))];
            Pointers = (float**)NativeMemory.Alloc((nuint)channels.Length, (nuint)sizeof(float*));
            for (int i = 0; i < channels.Length; i++)
            {
                Pointers[i] = (float*)_handles[i].AddrOfPinnedObject();
            }
        }

        public float** Pointers { get; }

        public void Dispose()
        {
            NativeMemory.Free(Pointers);
            foreach (GCHandle handle in _handles)
            {
                handle.Free();
            }
        }
    }
}
