// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Results;

/// <summary>Means over clips, each clip counting as much as any other.</summary>
internal static class Averages
{
    public static IReadOnlyList<MethodGaps> Of(IReadOnlyList<ConcealMethod> methods, IReadOnlyList<ClipGaps> clips) =>
        [.. methods.Select((method, index) => new MethodGaps(method.Name, Lengths([.. clips.Select(clip => clip.Methods[index].ByLength)])))];

    public static IReadOnlyList<MethodFigures> Of(IReadOnlyList<ConcealMethod> methods, IReadOnlyList<ClipStream> clips)
    {
        ClipStream[] lossy = [.. clips.Where(clip => clip.LostPackets > 0)];
        return [.. methods.Select((method, index) => new MethodFigures(
            method.Name,
            [.. StreamFigure.All.Select((_, figure) => Mean(lossy.Select(clip => clip.Methods[index].Values[figure])))]))];
    }

    private static IReadOnlyList<GapFigures?> Lengths(IReadOnlyList<GapFigures?>[] clips) =>
        [.. clips[0].Select((_, length) => Mean([.. clips.Select(clip => clip[length]).OfType<GapFigures>()]))];

    private static GapFigures? Mean(IReadOnlyCollection<GapFigures> clips) => clips.Count == 0 ? null : new GapFigures(
        clips.Sum(clip => clip.Gaps), clips.Average(clip => clip.MeanDb), clips.Average(clip => clip.MedianDb), clips.Average(clip => clip.P90Db));

    // Average of nullables leaves the nulls out, and is null of nothing.
    private static double? Mean(IEnumerable<double?> values) => values.Average();
}
