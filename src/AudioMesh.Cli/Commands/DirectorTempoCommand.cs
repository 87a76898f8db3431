// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Globalization;
using AudioMesh.Cli.Runs;
using AudioMesh.Cli.Transport;
using AudioMesh.Network.Transport;

namespace AudioMesh.Cli.Commands;

/// <summary><c>audiomesh director tempo</c>: tempo and meter of the mesh.</summary>
internal sealed class DirectorTempoCommand : Command
{
    private const int SpreadMs = 500;

    private readonly Argument<string[]> _segments = new("TEMPO")
    {
        Description = "BPM, BPM:BEATS/UNIT, or BAR=BPM:BEATS/UNIT from a bar on, the first being bar 0: 120:4/4 16=90:3/4.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly MeshOptionSet _mesh;

    public DirectorTempoCommand()
        : base("tempo", "Sets tempo and meter of the mesh, for clicks and count-ins.")
    {
        Add(_segments);
        _mesh = new MeshOptionSet(this);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        TempoMap tempo = new([.. parsed.GetValue(_segments)!.Select(Parse)]);
        using Interruption interruption = new();
        using DirectorSeat seat = new(_mesh.Read(parsed));
        await seat.SettleAsync([], interruption.Signalled);
        seat.Director.SetTempo(tempo);
        await Task.Delay(SpreadMs);
        return ExitCode.Done;
    }

    private static TempoSegment Parse(string text)
    {
        int equals = text.IndexOf('='), colon = text.IndexOf(':'), slash = text.IndexOf('/');
        string bar = equals > 0 ? text[..equals] : "0";
        string bpm = text[(equals + 1)..(colon > 0 ? colon : text.Length)];
        string beats = colon > 0 && slash > colon ? text[(colon + 1)..slash] : "4";
        string unit = slash > 0 ? text[(slash + 1)..] : "4";
        bool isRight = int.TryParse(bar, NumberStyles.None, CultureInfo.InvariantCulture, out int barNumber)
            & double.TryParse(bpm, NumberStyles.Float, CultureInfo.InvariantCulture, out double tempo)
            & int.TryParse(beats, NumberStyles.None, CultureInfo.InvariantCulture, out int perBar)
            & int.TryParse(unit, NumberStyles.None, CultureInfo.InvariantCulture, out int beatUnit);
        return isRight ? new TempoSegment(barNumber, tempo, perBar, beatUnit)
            : throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"'{text}' is no tempo, such as 120, 90:3/4 or 16=90:3/4.") { Field = "tempo" };
    }
}
