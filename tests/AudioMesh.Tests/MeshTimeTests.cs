namespace AudioMesh.Tests;
internal sealed class MeshTimeTests { [Test] public void Unknown_is_not_known() => Assert.That(AudioMesh.Clock.MeshTime.Unknown.IsKnown, Is.False); }
