// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Dsp;

namespace AudioMesh.Kernels;

/// <summary>A mix matrix of one size, with gains that stand still or all move.</summary>
internal sealed unsafe class MatrixRivals : IDisposable
{
    private readonly Block<float> _sources;
    private readonly Block<float> _from;
    private readonly Block<float> _to;
    private readonly Block<float> _ours;
    private readonly Block<float> _theirs;
    private readonly void* _c;
    private readonly int _sourceCount;
    private readonly int _mixCount;
    private readonly int _frames;

    public MatrixRivals(CLibrary c, int mixes, int sources, int frames, bool isMoving)
    {
        _c = c["mix_matrix"];
        (_mixCount, _sourceCount, _frames) = (mixes, sources, frames);
        (_sources, _from, _to) = (new(sources * frames), new(mixes * sources), new(mixes * sources));
        (_ours, _theirs) = (new(mixes * frames), new(mixes * frames));
        Random random = new(1);
        Fill(_sources.Span, random);
        Fill(_from.Span, random);
        Fill(_to.Span, random);
        if (!isMoving)
        {
            _from.Span.CopyTo(_to.Span);
        }

        Operations = (isMoving ? 4.0 : 2.0) * mixes * sources * frames;
    }

    /// <summary>Multiplications and additions of a block.</summary>
    public double Operations { get; }

    public void Ours() => MixMatrix.Mix(_sources.Span, _from.Span, _to.Span, _ours.Span, _frames);

    public void C()
    {
        var mix = (delegate* unmanaged<float*, float*, float*, float*, long, long, long, void>)_c;
        mix(_sources.Pointer, _from.Pointer, _to.Pointer, _theirs.Pointer, _sourceCount, _mixCount, _frames);
    }

    public bool Agree()
    {
        Ours();
        C();
        return MemoryMarshal.AsBytes(_ours.Span).SequenceEqual(MemoryMarshal.AsBytes(_theirs.Span));
    }

    public void Dispose()
    {
        foreach (Block<float> block in (Block<float>[])[_sources, _from, _to, _ours, _theirs])
        {
            block.Dispose();
        }
    }

    private static void Fill(Span<float> samples, Random random)
    {
        foreach (ref float sample in samples)
        {
            sample = (float)((random.NextDouble() * 2) - 1);
        }
    }
}
