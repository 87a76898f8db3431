// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Files;

namespace AudioMesh.Network.Stems;

/// <summary>
/// Makes one set of stems of takes that many hosts recorded: their drift is warped away by their clock maps, so that frame n of every file is the same moment of
/// mesh time. Any thread; waits for the disk.
/// </summary>
public static class StemCollector
{
    /// <summary>The name of the project of Reaper.</summary>
    public const string ProjectName = "stems.rpp";

    /// <summary>The name of the session of Ardour.</summary>
    public const string ArdourName = $"{ArdourSession.Name}.ardour";

    /// <summary>
    /// Reads the takes that <paramref name="places"/> stand for (sidecars, WAVs with a sidecar beside them, folders with all below) and writes stems, in the folder where Ardour looks for them, and projects.
    /// <paramref name="progress"/> is told the stem that begins. Throws NotFound for a missing file or sidecar, FileInvalid for a sidecar that cannot be true,
    /// InvalidArgument where takes have no mesh time in common, FileUnreadable where a file is in the way, and what the disk throws; then nothing is left behind.
    /// </summary>
    public static CollectResult Collect(
        IReadOnlyList<string> places, CollectOptions options, Action<CollectedStem>? progress = null, CancellationToken cancellation = default)
    {
        options.Validate();
        PlacedTake[] takes = [.. TakeSearch.Find(places).Select(PlacedTake.Read).OrderBy(take => take.Sidecar.Host, StringComparer.Ordinal)
            .ThenBy(take => take.Sidecar.Name, StringComparer.Ordinal)];
        if (takes.Length == 0)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, "Nothing to collect: no take was named.");
        }

        PlacedTake.CheckTogether(takes);
        int rate = options.Rate ?? takes.Max(take => take.Sidecar.Rate);
        long first = StemGrid.FrameFrom(takes.Min(take => take.Start), rate);
        StemGrid grid = new(rate, first, StemGrid.FrameFrom(takes.Max(take => take.End), rate) - first);
        CollectedStem[] stems = Name(takes, grid, Path.Combine(options.OutputFolder, ArdourSession.SoundFolder));
        CollectResult result = new(
            Path.Combine(options.OutputFolder, ProjectName),
            Path.Combine(options.OutputFolder, ArdourName),
            rate,
            new MeshTime(new FrameCount(first).ToNanoseconds(rate)),
            grid.Frames,
            stems);
        Write(result, takes, grid, options, progress, cancellation);
        return result;
    }

    private static CollectedStem[] Name(PlacedTake[] takes, StemGrid grid, string folder)
    {
        HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
        return [.. takes.Select(take =>
        {
            string name = Safe($"{take.Sidecar.Host}-{take.Sidecar.Name}");
            string unique = name;
            for (int i = 2; !taken.Add(unique); i++)
            {
                unique = FormattableString.Invariant($"{name}-{i}");
            }

            return StemOf(take, grid, Path.Combine(folder, $"{unique}.wav"));
        })];
    }

    private static CollectedStem StemOf(PlacedTake take, StemGrid grid, string path)
    {
        TakeMap map = new(take.Sidecar);
        long start = StemGrid.FrameFrom(take.Start, grid.Rate);
        long FrameOf(long frame) => Math.Max(0, FrameCount.FromNanoseconds(map.TimeOf(frame).Nanoseconds, grid.Rate).Value - grid.First);
        return new CollectedStem
        {
            Path = path,
            SidecarPath = take.SidecarPath,
            Name = take.Sidecar.Name,
            Host = take.Sidecar.Host,
            Channels = take.Sidecar.Channels,
            StartFrame = start - grid.First,
            Frames = StemGrid.FrameFrom(take.End, grid.Rate) - start,
            DriftPpm = ((map.MeanSlope * 1e9 / take.Sidecar.Rate) - 1) * 1e6,
            ErrorNs = take.Sidecar.Points.Max(point => point.ErrorNs),
            IsCut = take.Sidecar.Frames is null,
            Dropouts = [.. take.Sidecar.Dropouts.Where(dropout => dropout.Frame < take.Frames).Select(dropout =>
            {
                long from = FrameOf(dropout.Frame);
                long length = dropout.Cause == TakeDropoutCause.Overlap ? 0 : FrameOf(Math.Min(take.Frames, dropout.Frame + dropout.Frames)) - from;
                return new StemDropout(from, length, dropout.Cause);
            })],
        };
    }

    private static void Write(
        CollectResult result, PlacedTake[] takes, StemGrid grid, CollectOptions options, Action<CollectedStem>? progress, CancellationToken cancellation)
    {
        string[] files = [.. result.Stems.Select(stem => stem.Path), result.ProjectPath, result.ArdourPath];
        if (files.FirstOrDefault(Path.Exists) is { } inTheWay)
        {
            throw new AudioMeshException(AudioErrorKind.FileUnreadable, $"{inTheWay} exists already.");
        }

        try
        {
            Directory.CreateDirectory(Path.Combine(options.OutputFolder, ArdourSession.SoundFolder));
            for (int i = 0; i < takes.Length; i++)
            {
                progress?.Invoke(result.Stems[i]);
                WriteStem(takes[i], result.Stems[i], grid, options.Format, cancellation);
            }

            File.WriteAllText(result.ProjectPath, ReaperProject.Of(result));
            File.WriteAllText(result.ArdourPath, ArdourSession.Of(result));
        }
        catch (Exception e)
        {
            Array.ForEach(files, File.Delete);
            if (TakeFiles.IsFromSystem(e))
            {
                throw TakeFiles.From(options.OutputFolder, e);
            }

            throw;
        }
    }

    private static void WriteStem(PlacedTake take, CollectedStem stem, StemGrid grid, FileSampleFormat format, CancellationToken cancellation)
    {
        using IAudioFileReader sound = AudioFile.OpenRead(take.AudioPath);
        using IAudioFileWriter file = AudioFile.Create(stem.Path, new AudioFileOptions
        {
            Rate = grid.Rate,
            Channels = stem.Channels,
            Format = format,
            TimeReference = Math.Max(0, grid.First),
        });
        file.WriteSilence(stem.StartFrame);
        new TakeWarp(sound, take.Sidecar, grid.Rate).Write(file, grid.First + stem.StartFrame, stem.Frames, cancellation);
        file.WriteSilence(grid.Frames - stem.StartFrame - stem.Frames);
    }

    // What hosts and takes call themselves must not lead out of the folder, nor be longer than a file's name.
    private static string Safe(string name)
    {
        string safe = string.Concat(name.Take(80).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ' ' ? letter : '_')).Trim().TrimStart('.');
        return safe.Length == 0 ? "_" : safe;
    }
}
