// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Interop;

namespace AudioMesh.Backends.Alsa;

/// <summary>Reads and writes the PCM's own memory.</summary>
internal sealed unsafe class MappedTransfer : PcmTransfer
{
    private const int BitsPerByte = 8;
    private readonly LibAsound _library;
    private readonly snd_pcm_t* _pcm;
    private readonly SamplePacker _packer;
    private readonly int _pointers;
    private byte** _memory;

    public MappedTransfer(LibAsound library, snd_pcm_t* pcm, PcmShape shape)
    {
        _library = library;
        _pcm = pcm;
        _packer = new SamplePacker(shape, shape.PeriodFrames);
        _pointers = shape.Interleaved ? 1 : shape.Channels;
        _memory = (byte**)NativeMemory.AllocZeroed((nuint)_pointers, (nuint)sizeof(byte*));
    }

    /// <inheritdoc/>
    public override int Write(float** planar, int start, int frames)
    {
        int room = Begin(frames, out ulong offset);
        if (room <= 0)
        {
            return room;
        }

        _packer.Pack(planar, start, room, _memory);
        return (int)_library.snd_pcm_mmap_commit(_pcm, offset, (ulong)room);
    }

    /// <inheritdoc/>
    public override int Read(float** planar, int start, int frames)
    {
        int there = Begin(frames, out ulong offset);
        if (there <= 0)
        {
            return there;
        }

        _packer.Unpack(_memory, planar, start, there);
        return (int)_library.snd_pcm_mmap_commit(_pcm, offset, (ulong)there);
    }

    public override void Dispose()
    {
        _packer.Dispose();
        NativeMemory.Free(_memory);
        _memory = null;
    }

    /// <summary>Points at the next stretch of up to <paramref name="frames"/>: it ends where the ring does.</summary>
    private int Begin(int frames, out ulong offset)
    {
        snd_pcm_channel_area_t* areas;
        ulong at;
        ulong count = (ulong)frames;
        int code = _library.snd_pcm_mmap_begin(_pcm, &areas, &at, &count);
        offset = at;
        if (code < 0)
        {
            return code;
        }

        for (int i = 0; i < _pointers; i++)
        {
            _memory[i] = (byte*)areas[i].addr + ((areas[i].first + (at * areas[i].step)) / BitsPerByte);
        }

        return count == 0 ? -AlsaErrno.EAGAIN : (int)count;
    }
}
