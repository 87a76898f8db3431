// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Tests.Bus;

/// <summary>What joins <see cref="SimulatedBus"/>es: everybody hears everybody, unless cut off.</summary>
internal sealed class SimulatedBusNetwork
{
    private readonly List<SimulatedBus> _members = [];
    private readonly HashSet<SimulatedBus> _cut = [];

    /// <summary>How long a message is on its way.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromMicroseconds(200);

    /// <summary>Cuts a member off; null: nobody is, any more.</summary>
    public void Cut(SimulatedBus? member)
    {
        _ = member is null ? _cut.RemoveWhere(_ => true) : _cut.Add(member) ? 1 : 0;
    }

    internal void Join(SimulatedBus bus)
    {
        if (_members.Exists(member => member.Name == bus.Name))
        {
            throw new AudioMeshException(AudioErrorKind.DeviceBusy, $"Another host is called '{bus.Name}'.") { Field = "name" };
        }

        _members.Add(bus);
    }

    internal void Leave(SimulatedBus bus) => _members.Remove(bus);

    internal bool IsIn(SimulatedBus bus) => _members.Contains(bus);

    internal IEnumerable<SimulatedBus> Others(SimulatedBus bus) =>
        _cut.Contains(bus) || !IsIn(bus) ? [] : _members.Where(member => member != bus && !_cut.Contains(member));
}
