namespace Shop.Design.Errors;

/// <summary>A form was not sent from a page of this site, or from one of another session.</summary>
internal sealed class ForeignFormException() : Exception("The form was not sent from a page of this session.");
