// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Network.Stems;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Stems;

/// <summary>Takes fetched onto a disk that fills up: a small tmpfs, which needs the right to mount.</summary>
[Platform("Linux")]
public sealed class TakeDiskTests
{
    [Test]
    public async Task A_take_that_does_not_fit_is_not_begun_and_one_that_fills_the_disk_is_gone_on_with()
    {
        using TakeShare share = new();
        share.Record("song", seconds: 60);
        using TemporaryFolder folder = new();
        if (Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.FullPath) != 0)
        {
            Assert.Ignore("cannot mount a small disk");
        }

        try
        {
            TakeOffer take = (await share.ListAsync()).Single();
            Assert.That(take.SoundBytes, Is.InRange(900_000, 1_000_000));
            File.WriteAllBytes(folder.PathOf("other"), new byte[500_000]);
            Assert.That((await FailAsync()).Kind, Is.EqualTo(AudioErrorKind.DiskFull));
            Assert.That(new FileInfo(folder.PathOf("song.wav.part")).Length, Is.Zero);

            File.Delete(folder.PathOf("other"));
            AudioMeshException error = await FailAsync(progress =>
            {
                if (progress.Bytes > 200_000 && !File.Exists(folder.PathOf("other")))
                {
                    File.WriteAllBytes(folder.PathOf("other"), new byte[500_000]);
                }
            });
            Assert.That(error.Kind, Is.EqualTo(AudioErrorKind.DiskFull));
            Assert.That(error.Message, Does.Contain("song.wav.part"));

            File.Delete(folder.PathOf("other"));
            long kept = 0;
            using TakeClient client = await share.ConnectAsync();
            await client.FetchAsync(take, folder.FullPath, progress => kept = progress.KeptBytes);
            Assert.That(kept, Is.GreaterThan(200_000));
            Assert.That(File.ReadAllBytes(folder.PathOf("song.wav")), Is.EqualTo(File.ReadAllBytes(share.PathOf("song.wav"))));

            async Task<AudioMeshException> FailAsync(Action<TakeProgress>? progress = null)
            {
                using TakeClient failing = await share.ConnectAsync();
                return (await Assert.ThrowsAsync<AudioMeshException>(() => failing.FetchAsync(take, folder.FullPath, progress)))!;
            }
        }
        finally
        {
            Run("umount", folder.FullPath);
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
