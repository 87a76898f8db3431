// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Interop;

namespace AudioMesh.Backends.Alsa;

/// <summary>Hands periods to a PCM that keeps its memory to itself.</summary>
internal sealed unsafe class CopyingTransfer : PcmTransfer
{
    private readonly LibAsound _library;
    private readonly snd_pcm_t* _pcm;
    private readonly SamplePacker _packer;
    private readonly bool _interleaved;
    private byte** _memory;
    private byte* _samples;

    public CopyingTransfer(LibAsound library, snd_pcm_t* pcm, PcmShape shape)
    {
        _library = library;
        _pcm = pcm;
        _packer = new SamplePacker(shape, shape.PeriodFrames);
        _interleaved = shape.Interleaved;
        nuint plane = (nuint)shape.PeriodFrames * (nuint)AlsaFormats.BytesPerSample(shape.Format);
        _memory = (byte**)NativeMemory.AllocZeroed((nuint)shape.Channels, (nuint)sizeof(byte*));
        _samples = (byte*)NativeMemory.AllocZeroed(plane * (nuint)shape.Channels);
        for (int channel = 0; channel < shape.Channels; channel++)
        {
            _memory[channel] = _samples + (plane * (nuint)channel);
        }
    }

    /// <inheritdoc/>
    public override int Write(float** planar, int start, int frames)
    {
        _packer.Pack(planar, start, frames, _memory);
        return (int)(_interleaved
            ? _library.snd_pcm_writei(_pcm, _samples, (ulong)frames)
            : _library.snd_pcm_writen(_pcm, (void**)_memory, (ulong)frames));
    }

    /// <inheritdoc/>
    public override int Read(float** planar, int start, int frames)
    {
        int there = (int)(_interleaved
            ? _library.snd_pcm_readi(_pcm, _samples, (ulong)frames)
            : _library.snd_pcm_readn(_pcm, (void**)_memory, (ulong)frames));
        if (there > 0)
        {
            _packer.Unpack(_memory, planar, start, there);
        }

        return there;
    }

    public override void Dispose()
    {
        _packer.Dispose();
        NativeMemory.Free(_memory);
        NativeMemory.Free(_samples);
        _memory = null;
        _samples = null;
    }
}
