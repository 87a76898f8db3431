// SPDX-License-Identifier: MIT
using NUnit.Framework.Constraints;

namespace AudioMesh.Compute.Tests.Vulkan;

internal static class Failures
{
    public static IResolveConstraint Of(AudioErrorKind kind) =>
        Throws.TypeOf<AudioMeshException>().With.Property(nameof(AudioMeshException.Kind)).EqualTo(kind);
}
