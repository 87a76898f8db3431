// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;

namespace AudioMesh.RoundTrip;

/// <summary>How long pulses took from the write of their line to the read of it.</summary>
/// <param name="Name">Who carried them between the servers.</param>
/// <param name="Pulses">Pulses written.</param>
/// <param name="Lost">Those that did not come before the next one.</param>
/// <param name="UnexplainedLost">Those of them meanwhile no CPU stood still.</param>
/// <param name="CalmMost">The longest of those meanwhile none did, ms.</param>
/// <param name="Underruns">How often lines did not come in time for JACK.</param>
/// <param name="WaitingFrames">Frames of lines that waited for JACK at the end; 112 are meant to.</param>
/// <param name="Stalls">How often a CPU stood still.</param>
/// <param name="Ms">The times of all that came, the shortest first.</param>
internal sealed record JdatFigures(
    string Name, int Pulses, int Lost, int UnexplainedLost, double CalmMost, long Underruns, int WaitingFrames, int Stalls, [property: JsonIgnore] double[] Ms)
{
    public double P50 => At(0.5);

    public double P99 => At(0.99);

    public double P999 => At(0.999);

    public double Most => At(1);

    [JsonIgnore]
    public string Text => FormattableString.Invariant(
        $"JDAT to JACK to {Name} and back, lines of {JdatLines.LineFrames} frames:\n\n| pulses | p50 | p99 | p99.9 | most | most without a stall | lost | unexplained | underruns | frames waiting | CPU stalls |\n|---|---|---|---|---|---|---|---|---|---|---|\n| {Pulses} | {P50:0.00} ms | {P99:0.00} ms | {P999:0.00} ms | {Most:0.00} ms | {CalmMost:0.00} ms | {Lost} | {UnexplainedLost} | {Underruns} | {WaitingFrames} | {Stalls} |");

    public static JdatFigures Of(string name, IReadOnlyList<(long WrittenNs, long ReadNs)> pulses, Canaries canaries, int stalls, long underruns, int waitingFrames)
    {
        (long WrittenNs, long ReadNs)[] came = [.. pulses.Where(pulse => pulse.ReadNs != 0)];
        (long WrittenNs, long ReadNs)[] lost = [.. pulses.Where(pulse => pulse.ReadNs == 0)];
        return new JdatFigures(
            name,
            pulses.Count,
            lost.Length,
            lost.Count(pulse => !canaries.Explain(pulse.WrittenNs, pulse.WrittenNs + 250_000_000)),
            came.Where(pulse => !canaries.Explain(pulse.WrittenNs, pulse.ReadNs)).Select(MsOf).DefaultIfEmpty().Max(),
            underruns,
            waitingFrames,
            stalls,
            [.. came.Select(MsOf).Order()]);
    }

    private static double MsOf((long WrittenNs, long ReadNs) pulse) => (pulse.ReadNs - pulse.WrittenNs) / 1e6;

    private double At(double share) => Ms.Length == 0 ? 0 : Math.Round(Ms[(int)Math.Ceiling(share * (Ms.Length - 1))], 3);
}
