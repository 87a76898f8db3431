// SPDX-License-Identifier: MIT
using AudioMesh.Graph.Nodes;
using AudioMesh.Plugins;

namespace AudioMesh.Graph;

/// <summary>The node type <c>ladspa</c>, and what it is once one knows the plug-in: with its control ports as parameters.</summary>
internal sealed class LadspaTypes
{
    private const string Name = "ladspa";

    /// <summary>Where the plug-in's bounds and defaults depend on the rate, these are told of: every rate a device may have, and the usual one.</summary>
    private const int LowestRate = 8000;
    private const int UsualRate = 48_000;
    private const int HighestRate = 384_000;

    private static readonly ParameterDescriptor Plugin =
        new("plugin", ParameterKind.Text, "Which, as library:label; one of those the engine allows. Its control ports are further arguments.");

    private static readonly ParameterDescriptor Channels =
        ChannelCounts.Parameter(2) with { Description = "Channels, each with a plug-in of its own; only of plug-ins that know one channel." };

    private static readonly ParameterDescriptor[] Figures =
    [
        new("latency", ParameterKind.Integer, "Frames by which the plug-in says it delays.") { IsReadOnly = true, Unit = "frames" },
        new("bad_samples", ParameterKind.Integer, "Samples it made that were no numbers; silence was heard in their place.") { IsReadOnly = true },
    ];

    private readonly Lock _lock = new();
    private readonly Dictionary<LadspaPlugin, NodeType> _types = [];
    private readonly LadspaHost _host;

    private LadspaTypes(LadspaHost host) => _host = host;

    /// <summary>The type of what <paramref name="host"/> allows.</summary>
    public static NodeType Create(LadspaHost host)
    {
        LadspaTypes types = new(host);
        return new NodeType(Name, "A LADSPA plug-in of this machine.", [Plugin, Channels, .. Figures], arguments => types.Make(arguments.Text(Plugin.Name)))
        {
            Specialise = arguments => types.Find(types.IdIn(arguments)),
        };
    }

    private string IdIn(IReadOnlyDictionary<string, ParameterValue> arguments) =>
        arguments.TryGetValue(Plugin.Name, out ParameterValue plugin) && plugin.Text is { } id ? id
            : throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{Name} needs the argument '{Plugin.Name}', a text.")
            {
                Field = $"args.{Plugin.Name}",
                Allowed = _host.AllowedText,
            };

    private NodeType Find(string id)
    {
        LadspaPlugin found = _host.Find(id);
        lock (_lock)
        {
            if (!_types.TryGetValue(found, out NodeType? type))
            {
                _types[found] = type = TypeOf(found);
            }

            return type;
        }
    }

    // Of arguments that name no control: who knows those has the type of the plug-in.
    private GraphNode Make(string id)
    {
        NodeType type = Find(id);
        return type.Create(new NodeArguments(type, new Dictionary<string, ParameterValue> { [Plugin.Name] = id }));
    }

    private static NodeType TypeOf(LadspaPlugin plugin)
    {
        ParameterDescriptor[] own = plugin.IsMono ? [Plugin, Channels, .. Figures] : [Plugin, .. Figures];
        IEnumerable<ParameterDescriptor> readings = plugin.Readings.Where((_, index) => index != plugin.LatencyReading).Select(Reading);
        NodeType? type = null;
        return type = new NodeType(
            Name, plugin.Name, [.. own, .. plugin.Controls.Select(Control), .. readings], arguments => new LadspaNode(type!, plugin, arguments));
    }

    private static ParameterDescriptor Control(LadspaControl control) => new(
        control.Name, control.IsToggle ? ParameterKind.Flag : control.IsInteger ? ParameterKind.Integer : ParameterKind.Number, control.Title)
    {
        Default = control.Default(UsualRate),
        Min = control.IsToggle ? double.NegativeInfinity : Math.Min(control.Lowest(LowestRate), control.Lowest(HighestRate)),
        Max = control.IsToggle ? double.PositiveInfinity : control.Highest(HighestRate),
        Unit = control.Unit,
        IsLogarithmic = control.IsLogarithmic,
        IsLive = true,
    };

    private static ParameterDescriptor Reading(LadspaControl reading) =>
        new(reading.Name, ParameterKind.Number, reading.Title) { Unit = reading.Unit, IsReadOnly = true };
}
