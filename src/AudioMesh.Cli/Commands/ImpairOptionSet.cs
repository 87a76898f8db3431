// SPDX-License-Identifier: MIT
using System.CommandLine;
using AudioMesh.Network.Impairment;

namespace AudioMesh.Cli.Commands;

/// <summary>The options that say what a link does: a preset, and what is to be different from it.</summary>
internal sealed class ImpairOptionSet
{
    private readonly Option<string> _preset = OptionOf.Choice("--preset", "The network, both ways.", [.. ImpairmentPresets.Names]);
    private readonly Option<string> _back = OptionOf.Choice("--back", "The network on the way back, where it is another one.", [.. ImpairmentPresets.Names]);
    private readonly Option<string> _direction = OptionOf.Choice(
        "--direction", "Which way the options below change: from clients to the target (there), or back.", "both", "there", "back");

    private readonly Option<double?> _loss = OptionOf.Number("--loss", "Packets lost.", "PERCENT", 0, 100);
    private readonly Option<double?> _burst = OptionOf.Number("--burst", "With --loss: so many at a time, on average; independent when not given.", "PACKETS", 1, 10_000);
    private readonly Option<double?> _delay = OptionOf.Number("--delay", "What every packet takes at least.", "MS", 0, 3_600_000);
    private readonly Option<double?> _jitter = OptionOf.Number("--jitter", "What packets take longer than that, on average.", "MS", 0, 60_000);
    private readonly Option<string> _shape = OptionOf.Choice("--jitter-shape", "How that is distributed.", "uniform", "normal", "heavy-tailed");
    private readonly Option<double?> _reorder = OptionOf.Number("--reorder", "Packets that come later than those behind them.", "PERCENT", 0, 100);
    private readonly Option<double?> _reorderDelay = OptionOf.Number("--reorder-delay", "By how much.", "MS", 0, 60_000);
    private readonly Option<double?> _duplicate = OptionOf.Number("--duplicate", "Packets that come twice.", "PERCENT", 0, 100);
    private readonly Option<double?> _corrupt = OptionOf.Number("--corrupt", "Packets of which bits are flipped.", "PERCENT", 0, 100);
    private readonly Option<int> _corruptBits = OptionOf.Whole("--corrupt-bits", "How many bits; 1 when not given.", "N", 1, 1024);
    private readonly Option<double?> _rate = OptionOf.Number("--rate", "The most that passes; 0 for no limit.", "BYTES/S", 0, 1e12);
    private readonly Option<double?> _queue = OptionOf.Number("--queue", "What may wait for that.", "BYTES", 0, 1 << 30);
    private readonly Option<double?> _outageEvery = OptionOf.Number("--outage-every", "Nothing passes once in each such span, at a random place of it.", "SECONDS", 0.001, 86_400);
    private readonly Option<double?> _outage = OptionOf.Number("--outage", "With --outage-every: for so long.", "MS", 0, 86_400_000);

    public ImpairOptionSet(Command command)
    {
        foreach (Option option in (Option[])
            [_preset, _back, _direction, _loss, _burst, _delay, _jitter, _shape, _reorder, _reorderDelay, _duplicate, _corrupt, _corruptBits, _rate, _queue, _outageEvery, _outage])
        {
            command.Add(option);
        }
    }

    /// <summary>Both ways. Throws InvalidArgument when the options contradict each other.</summary>
    public (ImpairmentOptions There, ImpairmentOptions Back) Read(ParseResult parsed)
    {
        string preset = parsed.GetValue(_preset)!;
        string back = parsed.GetResult(_back) is { Implicit: false } ? parsed.GetValue(_back)! : preset;
        string direction = parsed.GetValue(_direction)!;
        ImpairmentOptions thereOptions = ImpairmentPresets.Find(preset);
        ImpairmentOptions backOptions = ImpairmentPresets.Find(back);
        return (
            direction == "back" ? thereOptions : Change(thereOptions, parsed),
            direction == "there" ? backOptions : Change(backOptions, parsed));
    }

    private ImpairmentOptions Change(ImpairmentOptions options, ParseResult parsed)
    {
        options = options with
        {
            Loss = LossOf(options.Loss, parsed),
            Delay = Milliseconds(parsed, _delay) ?? options.Delay,
            Jitter = Milliseconds(parsed, _jitter) ?? options.Jitter,
            JitterShape = ShapeOf(options.JitterShape, parsed),
            ReorderShare = Share(parsed, _reorder) ?? options.ReorderShare,
            ReorderDelay = Milliseconds(parsed, _reorderDelay) ?? options.ReorderDelay,
            DuplicateShare = Share(parsed, _duplicate) ?? options.DuplicateShare,
            CorruptShare = Share(parsed, _corrupt) ?? options.CorruptShare,
            CorruptBits = parsed.GetValue(_corruptBits) is > 0 and int bits ? bits : options.CorruptBits,
            BytesPerSecond = (long)(parsed.GetValue(_rate) ?? options.BytesPerSecond),
            QueueBytes = (int)(parsed.GetValue(_queue) ?? options.QueueBytes),
            RandomOutageEvery = parsed.GetValue(_outageEvery) is { } every ? TimeSpan.FromSeconds(every) : options.RandomOutageEvery,
            RandomOutageLength = Milliseconds(parsed, _outage) ?? options.RandomOutageLength,
        };
        if (options.RandomOutageLength > options.RandomOutageEvery)
        {
            throw new AudioMeshException(
                AudioErrorKind.InvalidArgument, $"--outage {options.RandomOutageLength.TotalMilliseconds} ms does not fit into --outage-every {options.RandomOutageEvery.TotalSeconds} s.");
        }

        return options;
    }

    private GilbertElliott LossOf(GilbertElliott loss, ParseResult parsed)
    {
        double? share = Share(parsed, _loss);
        double? burst = parsed.GetValue(_burst);
        if (share is null && burst is not null)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, "--burst says how --loss comes: give both.");
        }

        return share is null ? loss : burst is null ? GilbertElliott.Independent(share.Value) : GilbertElliott.Of(share.Value, burst.Value);
    }

    private JitterShape ShapeOf(JitterShape shape, ParseResult parsed) => parsed.GetResult(_shape) is not { Implicit: false }
        ? shape
        : parsed.GetValue(_shape) switch
        {
            "normal" => JitterShape.Normal,
            "heavy-tailed" => JitterShape.HeavyTailed,
            _ => JitterShape.Uniform,
        };

    private static TimeSpan? Milliseconds(ParseResult parsed, Option<double?> option) =>
        parsed.GetValue(option) is { } ms ? TimeSpan.FromMilliseconds(ms) : null;

    private static double? Share(ParseResult parsed, Option<double?> option) => parsed.GetValue(option) / 100;
}
