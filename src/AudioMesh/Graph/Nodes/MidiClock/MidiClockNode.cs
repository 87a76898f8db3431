// SPDX-License-Identifier: MIT
using AudioMesh.Midi;

namespace AudioMesh.Graph.Nodes;

/// <summary>A node at one of the device's MIDI ports that deals in clock, start, stop and song position.</summary>
internal abstract class MidiClockNode : GraphNode
{
    private static readonly NodeType InType = TypeOf(
        arguments => new MidiClockInNode(InType!, arguments),
        [
            new("bpm", ParameterKind.Number, "The tempo heard; 0 while there is no clock.") { IsReadOnly = true, Unit = "bpm" },
            new("running", ParameterKind.Flag, "Whether it runs.") { IsReadOnly = true },
            new("position", ParameterKind.Integer, "Where it is.") { IsReadOnly = true, Unit = "sixteenths" },
            .. Heard,
        ]);

    private static readonly NodeType OutType = TypeOf(arguments => new MidiClockOutNode(OutType!, arguments), Sent);

    /// <summary>For derived nodes.</summary>
    protected MidiClockNode(NodeType type, NodeArguments arguments)
        : base(type, 0, 0) => Port = arguments.Integer("port");

    /// <summary>What <c>describe</c> answers: what both kinds have.</summary>
    public static NodeType NodeType { get; } =
        TypeOf(arguments => arguments.Text("mode") == "out" ? new MidiClockOutNode(OutType, arguments) : new MidiClockInNode(InType, arguments), [.. Sent, .. Heard])
        with { Specialise = Find };

    /// <summary>The device's MIDI port, from 0.</summary>
    protected int Port { get; }

    private static IEnumerable<ParameterDescriptor> Sent =>
    [
        new("bpm", ParameterKind.Number, "Tempo, in quarter notes a minute. Mode in: the tempo heard, 0 while there is no clock; read only.")
        {
            Default = 120, Min = MidiClockFollower.LowestBpm, Max = MidiClockFollower.HighestBpm, Unit = "bpm", IsLive = true,
        },
        new("running", ParameterKind.Flag, "Whether it runs: a change sends start, continue or stop. Mode in: read only.") { Default = false, IsLive = true },
        new("position", ParameterKind.Integer, "Where it is; setting it sends the song position. Mode in: read only.")
        {
            Default = 0, Min = 0, Max = MidiEvent.MaxSongPosition, Unit = "sixteenths", IsLive = true, MovesByItself = true,
        },
    ];

    private static IEnumerable<ParameterDescriptor> Heard =>
    [
        new("jitter", ParameterKind.Number, "Mode in: how far clocks lie from where they were expected, root mean square.") { IsReadOnly = true, Unit = "us" },
        new("locked", ParameterKind.Flag, "Mode in: whether a quarter note of clocks came without a break.") { IsReadOnly = true },
    ];

    private static NodeType Find(IReadOnlyDictionary<string, ParameterValue> arguments) =>
        (arguments.TryGetValue("mode", out ParameterValue mode) ? mode.Text : "in") switch { "in" => InType, "out" => OutType, _ => NodeType };

    private static NodeType TypeOf(Func<NodeArguments, GraphNode> create, IEnumerable<ParameterDescriptor> further) => new(
        "midi_clock",
        "Follows the clock and transport of a MIDI port of the device, or sends them: 24 clocks a quarter note.",
        [
            new("mode", ParameterKind.Choice, "Whether it follows or sends.") { Default = "in", Choices = ["in", "out"] },
            new("port", ParameterKind.Integer, "MIDI port of the device, from 0. A port the device lacks hears nothing.") { Default = 0, Min = 0, Max = DevicePorts.MaxMidiPorts - 1 },
            .. further,
            new("clocks", ParameterKind.Integer, "Clocks heard or sent.") { IsReadOnly = true },
        ],
        create);
}
