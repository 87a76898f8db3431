// SPDX-License-Identifier: MIT
using AudioMesh.Network.Impairment;
using AudioMesh.Network.Tests.Simulation;

namespace AudioMesh.Network.Tests.Bus;

/// <summary>So many hosts with a <see cref="LanMember"/> each, that know one another.</summary>
internal sealed class LanMesh : IDisposable
{
    public static readonly ImpairmentOptions Lan = new() { Delay = TimeSpan.FromMicroseconds(100), Jitter = TimeSpan.FromMicroseconds(50) };

    private readonly List<LanMember> _members = [];

    public LanMesh(int hosts, ulong seed = 3, ImpairmentOptions? link = null, Func<int, HostClock>? clock = null)
    {
        Mesh = new SimulatedMesh(seed);
        for (int i = 0; i < hosts; i++)
        {
            Mesh.AddHost($"host {i}", clock?.Invoke(i) ?? new HostClock { Offset = TimeSpan.FromHours(i), Ppm = 20 * i });
        }

        Mesh.ConnectAll(link ?? Lan);
        for (int i = 0; i < hosts; i++)
        {
            Start(i);
        }
    }

    public SimulatedMesh Mesh { get; }

    public IReadOnlyList<LanMember> Members => _members;

    public LanMember this[int index] => _members[index];

    /// <summary>Starts a host, in place of the one that ran there.</summary>
    public LanMember Start(int index)
    {
        LanMember member = new(Mesh.Hosts[index], $"member{index}", [.. Mesh.Hosts.Take(index).Select(host => host.Address)]);
        if (index < _members.Count)
        {
            _members[index] = member;
        }
        else
        {
            _members.Add(member);
        }

        return member;
    }

    public void Run(double seconds) => Mesh.Run(TimeSpan.FromSeconds(seconds));

    public void Dispose() => _members.ForEach(member => member.Dispose());
}
