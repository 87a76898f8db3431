// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Files;

namespace AudioMesh.Network.Stems;

/// <summary>A take, and from when to when it goes.</summary>
internal sealed record PlacedTake(string SidecarPath, string AudioPath, TakeSidecar Sidecar, long Frames, MeshTime Start, MeshTime End)
{
    public static PlacedTake Read(string sidecarPath)
    {
        TakeSidecar sidecar = TakeSidecar.Read(sidecarPath);
        string audio = Path.Combine(Path.GetDirectoryName(sidecarPath)!, sidecar.FileName);
        using IAudioFileReader sound = AudioFile.OpenRead(audio);
        TakeMap map = new(sidecar);
        return new PlacedTake(sidecarPath, audio, sidecar, sound.Info.Frames, map.TimeOf(0), map.TimeOf(sound.Info.Frames));
    }

    /// <summary>Throws InvalidArgument where takes have no mesh time, or no time, in common.</summary>
    public static void CheckTogether(IReadOnlyList<PlacedTake> takes)
    {
        PlacedTake first = takes[0];
        foreach (PlacedTake take in takes)
        {
            bool isOneMesh = take.Sidecar.MeshId == first.Sidecar.MeshId && (take.Sidecar.MeshId != 0 || take.Sidecar.Host == first.Sidecar.Host);
            if (!isOneMesh)
            {
                throw Apart(take, $"is by another mesh time than {first.SidecarPath}: their hosts were in no session together");
            }
        }

        PlacedTake[] byStart = [.. takes.OrderBy(take => take.Start)];
        MeshTime end = byStart[0].End;
        foreach (PlacedTake take in byStart)
        {
            if (take.Start > end)
            {
                throw Apart(take, FormattableString.Invariant($"does not overlap with the takes before it: it begins {(take.Start - end) / 1e9:0.000} s after they end"));
            }

            end = take.End > end ? take.End : end;
        }
    }

    private static AudioMeshException Apart(PlacedTake take, string why) => new(AudioErrorKind.InvalidArgument, $"{take.SidecarPath}: {why}.");
}
