// SPDX-License-Identifier: MIT
using AudioMesh.Network.Transport;
using AudioMesh.Testing;

namespace AudioMesh.Network.Tests.Transport;

/// <summary>A video that follows the transport: what xjadeo says that it shows, and the pixels on its screen.</summary>
internal sealed class VideoTests : JackAgentFixture
{
    private const int PicturesPerSecond = 25;
    private const int FramesPerPicture = 48_000 / PicturesPerSecond;

    [Test]
    public void A_video_shows_the_picture_of_the_frame_that_the_transport_was_located_to_plays_and_stops_at()
    {
        using TemporaryFolder folder = new();
        string file = folder.PathOf("numbered.avi");
        NumberedVideo.Write(file, pictures: 1000, PicturesPerSecond);
        using VirtualScreen screen = new();
        using VideoPlayer player = new(Server.Name, screen.Display, folder.FullPath, file);
        StartAgent();
        foreach (long frame in (long[])[96_000, 97_919, 97_920, 777_777])
        {
            Carry(TransportAction.Locate, frame);
            AwaitPicture(player, screen, frame / FramesPerPicture);
        }

        Carry(TransportAction.LocateStart, 240_000);
        AwaitPictureWhileRolling(player);
        Carry(TransportAction.Stop);
        long stoppedAt = Reader.Read().At.Frame;
        Assert.That(stoppedAt, Is.EqualTo(Agent.GetStatus().Last!.Value.Frame));
        AwaitPicture(player, screen, stoppedAt / FramesPerPicture);
    }

    private void AwaitPicture(VideoPlayer player, VirtualScreen screen, long picture)
    {
        Await(() => player.Position == picture && NumberedVideo.Read(screen.Cells(NumberedVideo.Bits)) == picture, $"picture {picture} is shown");
        Thread.Sleep(60);
        Assert.That((player.Position, NumberedVideo.Read(screen.Cells(NumberedVideo.Bits))), Is.EqualTo((picture, (int)picture)), "and stays");
    }

    // It may be late on a busy machine, and is never ahead; once in a while it is on time.
    private void AwaitPictureWhileRolling(VideoPlayer player)
    {
        int onTime = 0;
        Await(
            () =>
            {
                long before = Reader.Read().At.Frame / FramesPerPicture, shown = player.Position, after = Reader.Read().At.Frame / FramesPerPicture;
                Assert.That(shown, Is.LessThanOrEqualTo(after));
                onTime += shown == before && before == after ? 1 : 0;
                return onTime == 10;
            },
            "the picture of the frame that plays is shown");
    }
}
