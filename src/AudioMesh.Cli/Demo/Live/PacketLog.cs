// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Cli.Demo.Live;

/// <summary>What became of the packets of one direction, in the order in which they were sent. Written by the relay's thread.</summary>
internal sealed class PacketLog(int most)
{
    private readonly MeshTime[] _sent = new MeshTime[most];
    private readonly MeshTime[] _released = new MeshTime[most];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>When it came to the link.</summary>
    public MeshTime Sent(int packet) => _sent[packet];

    /// <summary>When it left the link; unknown where it was lost.</summary>
    public MeshTime Released(int packet) => _released[packet];

    public bool IsLost(int packet) => !_released[packet].IsKnown;

    public void Add(MeshTime sent, MeshTime released)
    {
        if (_count < most)
        {
            (_sent[_count], _released[_count]) = (sent, released);
            Volatile.Write(ref _count, _count + 1);
        }
    }
}
