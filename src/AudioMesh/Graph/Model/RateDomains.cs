// SPDX-License-Identifier: MIT
namespace AudioMesh.Graph;

/// <summary>
/// At which rate each node of a graph runs; one that is not in it runs at the device's. Connected nodes run alike; an <see cref="IRateChanger"/> parts them, and its side away from the device runs at
/// its rate. Where the device is on neither side, what comes before it does.
/// </summary>
internal sealed class RateDomains
{
    private readonly Dictionary<GraphNode, int> _before = [];
    private readonly Dictionary<GraphNode, int> _after = [];
    private readonly List<int> _parents = [];
    private readonly List<GraphNode> _changers = [];
    private int[] _rates = [];

    private RateDomains(int deviceRate) => DeviceRate = deviceRate;

    /// <summary>The device's; 0 where none was open.</summary>
    public int DeviceRate { get; }

    /// <summary>Settles them; <paramref name="deviceRate"/> is 0 while no device is open. Throws InvalidArgument where two changers ask for two rates of one node.</summary>
    public static RateDomains Of(GraphTopology topology, int deviceRate)
    {
        RateDomains domains = new(deviceRate);
        if (deviceRate != 0 && topology.Nodes.Any(node => node is IRateChanger))
        {
            domains.Place(topology.Nodes);
            domains.Settle(topology.Nodes, topology.Edges);
        }

        return domains;
    }

    /// <summary>Those of <paramref name="node"/> while nothing is connected to it.</summary>
    public static RateDomains Alone(GraphNode node, int deviceRate)
    {
        RateDomains domains = new(deviceRate);
        if (node is IRateChanger)
        {
            domains.Place([node]);
            domains.Settle([node], []);
        }

        return domains;
    }

    /// <summary>What comes into <paramref name="node"/> is of this rate.</summary>
    public int Before(GraphNode node) => RateAt(_before, node);

    /// <summary>What comes out of <paramref name="node"/> is of this rate.</summary>
    public int After(GraphNode node) => RateAt(_after, node);

    private void Place(IReadOnlyCollection<GraphNode> nodes)
    {
        foreach (GraphNode node in nodes)
        {
            _before[node] = _after[node] = NewPlace();
            if (node is IRateChanger)
            {
                _after[node] = NewPlace();
                _changers.Add(node);
            }
        }
    }

    private void Settle(IReadOnlyCollection<GraphNode> nodes, IReadOnlyList<GraphEdge> edges)
    {
        foreach (GraphEdge edge in edges)
        {
            _parents[Root(_after[edge.From])] = Root(_before[edge.To]);
        }

        _rates = new int[_parents.Count];
        bool[] isDevices = new bool[_parents.Count];
        foreach (GraphNode node in nodes.Where(node => node.RunsWithDevice))
        {
            isDevices[Root(_before[node])] = true;
            _rates[Root(_before[node])] = DeviceRate;
        }

        Spread();
        while (NextFree() is { } free)
        {
            _rates[free] = DeviceRate;
            Spread();
        }

        foreach (GraphNode changer in _changers)
        {
            bool isSettled = Before(changer) == Rate(changer) || After(changer) == Rate(changer);
            if (!isSettled && !(isDevices[Root(_before[changer])] && isDevices[Root(_after[changer])]))
            {
                throw Refused(nodes, changer);
            }
        }
    }

    // From what is settled to its neighbours, nearest first, until nothing changes.
    private void Spread()
    {
        bool isMoving = true;
        while (isMoving)
        {
            (GraphNode Changer, int Place)[] next =
            [
                .. _changers.Where(changer => Before(changer) != 0 && After(changer) == 0).Select(changer => (changer, Root(_after[changer]))),
                .. _changers.Where(changer => After(changer) != 0 && Before(changer) == 0).Select(changer => (changer, Root(_before[changer]))),
            ];
            isMoving = next.Length > 0;
            foreach ((GraphNode changer, int place) in next)
            {
                _rates[place] = _rates[place] == 0 ? Rate(changer) : _rates[place];
            }
        }
    }

    // Where no device decides: the last of a chain runs at the device's rate.
    private int? NextFree()
    {
        int[] free = [.. _before.Values.Concat(_after.Values).Select(Root).Distinct().Where(place => _rates[place] == 0)];
        return free.Length == 0
            ? null
            : free.Where(place => _changers.TrueForAll(changer => Root(_before[changer]) != place)).Append(free[0]).First();
    }

    private int RateAt(Dictionary<GraphNode, int> places, GraphNode node) =>
        _rates.Length > 0 && places.TryGetValue(node, out int place) ? _rates[Root(place)] : DeviceRate;

    private int NewPlace()
    {
        _parents.Add(_parents.Count);
        return _parents.Count - 1;
    }

    private int Root(int place)
    {
        while (_parents[place] != place)
        {
            place = _parents[place] = _parents[_parents[place]];
        }

        return place;
    }

    private static int Rate(GraphNode changer) => ((IRateChanger)changer).Rate;

    private AudioMeshException Refused(IReadOnlyCollection<GraphNode> nodes, GraphNode changer)
    {
        GraphNode? other = nodes.FirstOrDefault(node => node != changer && node is not IRateChanger && Root(_before[node]) == Root(_before[changer]));
        string what = other is null ? "What is before it" : $"{other.Type.Name} {other.Id} before it";
        return new AudioMeshException(
            AudioErrorKind.InvalidArgument,
            $"{changer.Type.Name} {changer.Id} has {Rate(changer)} Hz on neither side: {what} runs at {Before(changer)} Hz, what is after it at {After(changer)} Hz.")
        {
            Field = "args.rate",
            Allowed = $"{Before(changer)} or {After(changer)}",
        };
    }
}
