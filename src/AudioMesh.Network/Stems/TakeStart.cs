// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Network.Stems;

/// <summary>When blocks come before a take begins: by the median of the last few, lest a late one give the take its place.</summary>
internal sealed class TakeStart(int rate)
{
    private const int Blocks = 9;

    private readonly Queue<long> _offsets = new();
    private long _frames;

    /// <summary>Whether enough have come.</summary>
    public bool IsSteady => _offsets.Count == Blocks;

    /// <summary>The host time of a block that says it came at <paramref name="hostTime"/>.</summary>
    public MeshTime Add(MeshTime hostTime, int frames)
    {
        long nominal = new FrameCount(_frames).ToNanoseconds(rate);
        _offsets.Enqueue(hostTime.Nanoseconds - nominal);
        if (_offsets.Count > Blocks)
        {
            _offsets.Dequeue();
        }

        _frames += frames;
        return new MeshTime(nominal + _offsets.Order().ElementAt(_offsets.Count / 2));
    }
}
