// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Rivals;

/// <summary>What the concealment would have played on, fading linearly into the packets that arrive after a gap.</summary>
internal sealed class RecoveryFade(int mostFrames)
{
    private readonly float[] _tail = new float[mostFrames];
    private int _frames;
    private int _done;

    /// <summary>Begins anew: the caller fills what is returned.</summary>
    public Span<float> Begin(int frames)
    {
        _frames = frames;
        _done = 0;
        return _tail.AsSpan(0, frames);
    }

    public void Apply(Span<float> packet)
    {
        int frames = Math.Min(packet.Length, _frames - _done);
        for (int i = 0; i < frames; i++, _done++)
        {
            float arrived = (float)_done / _frames;
            packet[i] = (arrived * packet[i]) + ((1 - arrived) * _tail[_done]);
        }
    }

    public RecoveryFade Fork()
    {
        RecoveryFade fork = new(_tail.Length) { _frames = _frames, _done = _done };
        _tail.CopyTo(fork._tail, 0);
        return fork;
    }
}
