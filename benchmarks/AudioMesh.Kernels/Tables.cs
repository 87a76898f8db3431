// SPDX-License-Identifier: MIT
using static System.FormattableString;

namespace AudioMesh.Kernels;

/// <summary>Prints Markdown tables. Judged is whether ours and C agree to the bit; times are printed beside their bars.</summary>
internal sealed class Tables(CLibrary c, Contest contest)
{
    private static readonly (int Mixes, int Sources, int Frames)[] Sizes =
    [
        (1, 64, 64), (2, 64, 64), (8, 8, 64), (16, 16, 64), (64, 64, 64), (64, 64, 512), (256, 256, 64), (1024, 1024, 64), (4096, 4096, 64),
    ];

    public int Passed { get; private set; }

    public int Failed { get; private set; }

    public void ShowOperations(string where, int count)
    {
        Console.WriteLine(Invariant($"\n{count} samples, {where}; nanoseconds of a call, ratios of throughput (over 1: ours is faster)\n"));
        Console.WriteLine("| operation | ours | C | ours to C | bar | Tensors | ours to Tensors |\n|---|---|---|---|---|---|---|");
        using OperationRivals rivals = new(c, count);
        foreach (Rivals rival in rivals.All())
        {
            rivals.IsShared = false;
            Judge(rival.Agree(), rival.Name);
            rivals.IsShared = true;
            double[] times = contest.Run([rival.Ours, rival.C, .. rival.Tensors is null ? [] : new[] { rival.Tensors }]);
            double ratio = times[1] / times[0];
            string bar = rival.Bar is not { } least ? "" : Invariant($"{least:F2}, {(ratio >= least ? "holds" : "missed")}");
            string tensors = times.Length > 2 ? Invariant($"{times[2]:F0} | {times[2] / times[0]:F2}") : "| ";
            Console.WriteLine(Invariant($"| {rival.Name} | {times[0]:F0} | {times[1]:F0} | {ratio:F2} | {bar} | {tensors} |"));
        }
    }

    public void ShowMatrix(bool isShort)
    {
        PeakRate peak = new(c, contest);
        Console.WriteLine(Invariant($"\nPeak of one core: {peak.Separate:F1} Gflop/s multiplying and adding, {peak.Fused:F1} fused\n"));
        Console.WriteLine("| mixes x sources x frames | gains | us | Gflop/s | of the peak beside it | bar | C, us | ours to C |\n|---|---|---|---|---|---|---|---|");
        foreach ((int mixes, int sources, int frames) in Sizes.Where(size => !isShort || size.Mixes <= 256))
        {
            ShowMatrix(mixes, sources, frames, isMoving: false, peak);
            ShowMatrix(mixes, sources, frames, isMoving: true, peak);
        }
    }

    private void ShowMatrix(int mixes, int sources, int frames, bool isMoving, PeakRate peak)
    {
        using MatrixRivals rivals = new(c, mixes, sources, frames, isMoving);
        string name = Invariant($"{mixes} x {sources} x {frames} | {(isMoving ? "moving" : "still")}");
        Judge(rivals.Agree(), name);
        Contest rounds = mixes * (long)sources > 100_000 ? new Contest(7) : contest;
        double[] times = rounds.Run(rivals.Ours, rivals.C, peak.Loop());
        double rate = rivals.Operations / times[0];
        double share = rate / peak.SeparateIn(times[2]);
        string bar = share >= 0.6 ? "holds" : "missed";
        Console.WriteLine(Invariant($"| {name} | {times[0] / 1000:F1} | {rate:F1} | {share:P0} | 60 %, {bar} | {times[1] / 1000:F1} | {times[1] / times[0]:F2} |"));
    }

    private void Judge(bool isGood, string what)
    {
        Passed += isGood ? 1 : 0;
        Failed += isGood ? 0 : 1;
        if (!isGood)
        {
            Console.WriteLine($"FAILED: {what}: ours and C differ");
        }
    }
}
