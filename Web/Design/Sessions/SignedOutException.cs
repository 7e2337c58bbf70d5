namespace Shop.Design.Sessions;

/// <summary>The page is for members, and nobody is signed in, or not any more: the reader signs in and comes back.</summary>
internal sealed class SignedOutException() : Exception("Nobody is signed in.");
