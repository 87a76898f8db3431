// SPDX-License-Identifier: MIT
using AudioMesh.Files;

namespace AudioMesh.Network.Stems;

/// <summary>
/// The finished takes of a folder and of those below. What is asked for is looked up among what is there: no path is made of what others send. Links are not followed.
/// </summary>
internal sealed class TakeShelf(string folder)
{
    public const int MostTakes = 1000;

    // So long nothing has been written where a recorder was killed; a living one writes once a second.
    private static readonly TimeSpan Stillness = TimeSpan.FromSeconds(30);

    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true, MaxRecursionDepth = 15, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>The takes, by place. What cannot be read as one is passed over.</summary>
    public IEnumerable<TakeOffer> Offers() => Places().Order(StringComparer.Ordinal).Select(place => Look(place)?.Offer).OfType<TakeOffer>();

    /// <summary>A take's file. Throws NotFound.</summary>
    public string Find(string place, bool isSidecar) =>
        Places().Contains(place) && Look(place) is { } found
            ? isSidecar ? found.SidecarPath : found.SoundPath
            : throw new AudioMeshException(AudioErrorKind.NotFound, $"There is no finished take '{place}'.");

    private HashSet<string> Places()
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder, "*.json", Everywhere).Where(TakeSidecar.IsSidecar).Select(path => TakePlace.Of(folder, path)).OfType<string>().Take(MostTakes)];
        }
        catch (Exception e) when (TakeFiles.IsFromSystem(e))
        {
            return [];
        }
    }

    private (TakeOffer Offer, string SidecarPath, string SoundPath)? Look(string place)
    {
        try
        {
            string sidecarPath = TakePlace.SidecarOf(folder, place);
            TakeSidecar sidecar = TakeSidecar.Read(sidecarPath);
            FileInfo sound = new(Path.Combine(Path.GetDirectoryName(sidecarPath)!, TakePlace.SoundOf(sidecar, place)));
            bool isFinished = sidecar.Frames is not null || DateTime.UtcNow - sound.LastWriteTimeUtc > Stillness;
            return isFinished && sound.LinkTarget is null ? (OfferOf(place, sidecar, sidecarPath, sound), sidecarPath, sound.FullName) : null;
        }
        catch (Exception e) when (e is AudioMeshException || TakeFiles.IsFromSystem(e))
        {
            return null;
        }
    }

    private static TakeOffer OfferOf(string place, TakeSidecar sidecar, string sidecarPath, FileInfo sound)
    {
        using IAudioFileReader reader = AudioFile.OpenRead(sound.FullName);
        return new TakeOffer
        {
            Place = place,
            Name = sidecar.Name,
            Host = sidecar.Host,
            Rate = sidecar.Rate,
            Channels = sidecar.Channels,
            Frames = reader.Info.Frames,
            Start = sidecar.Points[0].MeshTime,
            MeshId = sidecar.MeshId,
            IsCut = sidecar.Frames is null,
            SoundBytes = sound.Length,
            SidecarBytes = new FileInfo(sidecarPath).Length,
        };
    }
}
